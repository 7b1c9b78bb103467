import { constants, createPrivateKey, generateKeyPairSync, publicEncrypt } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { unwrapContentKey } from './rsa-unwrap.ts'

const own = generateKeyPairSync('rsa', { modulusLength: 2048 })
const standIn = new Uint8Array(32).fill(9)
const blockBytes = 256

const opened = (wrapped: string): Uint8Array => unwrapContentKey(wrapped, own.privateKey, standIn)
const wrap = (plain: string | Uint8Array): string =>
  publicEncrypt({ key: own.publicKey, padding: constants.RSA_PKCS1_PADDING }, Buffer.from(plain)).toString('base64')
/** Encrypts a block as it is, whatever its padding. */
const wrapBlock = (block: Buffer): string =>
  publicEncrypt({ key: own.publicKey, padding: constants.RSA_NO_PADDING }, block).toString('base64')
const keyText = Buffer.from(new Uint8Array(32).fill(1)).toString('base64')

/** 00 02, `padding` bytes of 0x55, 00, the text of the key, and `=` to the end, which no reader of Base64 minds. */
function block(over: { first?: number; second?: number; padding?: number } = {}): Buffer {
  const { first = 0, second = 2, padding = 200 } = over
  const head = Buffer.concat([Buffer.from([first, second]), Buffer.alloc(padding, 0x55), Buffer.from([0])])
  return Buffer.concat([head, Buffer.from(keyText), Buffer.alloc(blockBytes, '=')]).subarray(0, blockBytes)
}

describe('a wrapped content key', () => {
  it.each([16, 24, 32])('of %i bytes is unwrapped', (length) => {
    const key = new Uint8Array(length).fill(7)
    expect(Buffer.from(opened(wrap(Buffer.from(key).toString('base64'))))).toEqual(Buffer.from(key))
  })

  it.each([8, 9, 200])('is found behind %i bytes of padding', (padding) => {
    expect(Buffer.from(opened(wrapBlock(block({ padding })))).toString('base64')).toBe(keyText)
  })

  it.each([
    ['begins with another byte', wrapBlock(block({ first: 1 }))],
    ['is padded for a signature', wrapBlock(block({ second: 1 }))],
    ['has no padding', wrapBlock(block({ padding: 0 }))],
    ['has seven bytes of padding', wrapBlock(block({ padding: 7 }))],
    ['has no end of padding', wrapBlock(Buffer.concat([Buffer.from([0, 2]), Buffer.alloc(254, 0x55)]))],
    ['is all zeros', wrapBlock(Buffer.alloc(blockBytes))],
    ['holds no key', wrap('')],
    ['holds 31 bytes', wrap(Buffer.alloc(31, 1).toString('base64'))],
    ['holds the key itself and not its Base64 text', wrap(Buffer.alloc(32, 1))],
    ['is too short', Buffer.alloc(255, 1).toString('base64')],
    ['is too long', Buffer.alloc(257, 1).toString('base64')],
    ['is larger than the modulus', Buffer.alloc(blockBytes, 0xff).toString('base64')],
    ['is empty', ''],
    ['is no Base64', '—'],
  ])('that %s is the stand-in, and nothing is thrown', (_, wrapped) => {
    expect(opened(wrapped)).toBe(standIn)
  })

  it('for another key is the stand-in', () => {
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
    const stranger = createPrivateKey(other.export({ type: 'pkcs8', format: 'pem' }).toString())
    expect(unwrapContentKey(wrap(keyText), stranger, standIn)).toBe(standIn)
  })
})
