import { describe, expect, it } from 'vitest'
import { systemRandom } from '../../../ports/system.ts'
import { sm2Decrypt, sm2Encrypt } from './sm2-encryption.ts'
import { sm2PrivateKey } from './sm2-key.ts'
import { standardVectors } from './vectors.ts'

const key = sm2PrivateKey(standardVectors.signature.privateKey)
const { sealed, message } = standardVectors.encryption
const encrypt = (text: Uint8Array) => sm2Encrypt(key.publicKey, text, systemRandom, 'marked')

describe('SM2 encryption', () => {
  it('opens what it sealed, of every length around a block', () => {
    for (const length of [1, 16, 24, 31, 32, 33, 63, 64, 65, 200]) {
      const text = Buffer.alloc(length, length)
      const once = encrypt(text)
      expect(once).toHaveLength(65 + 32 + length)
      expect(sm2Decrypt(key, once, 'marked')).toEqual(text)
      expect(encrypt(text)).not.toEqual(once)
    }
  })

  it('writes the mark of the point or leaves it out, as agreed', () => {
    const bare = sm2Encrypt(key.publicKey, message, systemRandom, 'bare')
    expect(bare).toHaveLength(64 + 32 + message.length)
    expect(sm2Decrypt(key, bare, 'bare')).toEqual(message)
    expect(sm2Decrypt(key, bare, 'marked')).toBeUndefined()
    expect(sm2Decrypt(key, sealed.subarray(1), 'bare')).toEqual(message)
    expect(sm2Decrypt(key, sealed, 'bare')).toBeUndefined()
  })

  it('takes another nonce for another message although the source of randomness repeats itself', () => {
    const stuck = { bytes: (length: number) => new Uint8Array(length) }
    const pointOf = (text: string) =>
      sm2Encrypt(key.publicKey, Buffer.from(text), stuck, 'marked').subarray(0, 65).toString('hex')
    expect(pointOf('a')).not.toBe(pointOf('b'))
  })

  it('with any single byte changed does not open', () => {
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed)
      changed.writeUInt8((changed[at] ?? 0) ^ 0x80, at)
      expect([at, sm2Decrypt(key, changed, 'marked')]).toEqual([at, undefined])
    }
  })

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a point alone', sealed.subarray(0, 65)],
    ['no message', sealed.subarray(0, 97)],
    ['half a checksum', sealed.subarray(0, 80)],
    [
      'its parts in the old order',
      Buffer.concat([sealed.subarray(0, 65), sealed.subarray(97), sealed.subarray(65, 97)]),
    ],
    ['zeros', Buffer.alloc(120)],
  ])('with %s does not open', (_, bytes) => {
    expect(sm2Decrypt(key, bytes, 'marked')).toBeUndefined()
  })

  it('to somebody else does not open', () => {
    const other = sm2PrivateKey(Buffer.alloc(32, 7))
    expect(sm2Decrypt(other, sealed, 'marked')).toBeUndefined()
  })
})
