import { describe, expect, it } from 'vitest'
import { systemRandom } from '../../../ports/system.ts'
import { fromDer, toDer } from './der.ts'
import { bytesOf, order, sm2PrivateKey, sm2PublicKey, warmed } from './sm2-key.ts'
import { sm2Sign, sm2Verify } from './sm2-signature.ts'
import { standardVectors } from './vectors.ts'

const { signature: standard } = standardVectors
const key = sm2PrivateKey(standard.privateKey)
const peer = warmed(sm2PublicKey(standard.publicKey))
const { message } = standard
const good = toDer(standard)
const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex')
const verifies = (der: Uint8Array): boolean => sm2Verify(peer, message, der)

describe('an SM2 signature', () => {
  it('is good for its message, its key and its user alone', () => {
    const made = sm2Sign(key, message, systemRandom)
    expect(verifies(made)).toBe(true)
    expect(sm2Verify(peer, Buffer.from('message digesT'), made)).toBe(false)
    expect(sm2Verify(sm2PublicKey(standardVectors.foreign.publicKey), message, made)).toBe(false)
    const sameKeyOfAnother = sm2PublicKey(standard.publicKey, Buffer.from('ALICE123@YAHOO.COM'))
    expect(sm2Verify(sameKeyOfAnother, message, made)).toBe(false)
  })

  it('is good whatever its numbers look like, over an empty message too', () => {
    const lengths = new Set<number>()
    for (let round = 0; round < 100; round++) {
      const text = Buffer.alloc(round, round)
      const made = sm2Sign(key, text, systemRandom)
      lengths.add(made.length)
      expect(sm2Verify(peer, text, made)).toBe(true)
    }
    expect(lengths.size).toBeGreaterThan(1)
  })

  it('is another one each time', () => {
    expect(sm2Sign(key, message, systemRandom)).not.toEqual(sm2Sign(key, message, systemRandom))
  })

  it('does not betray the key when the source of randomness repeats itself', () => {
    const stuck = { bytes: (length: number) => new Uint8Array(length) }
    const numbers = (text: string) => fromDer(sm2Sign(key, Buffer.from(text), stuck))
    const [first, second] = [numbers('a'), numbers('b')]
    // With one nonce k for both: d = (s₂ − s₁) / (s₁ + r₁ − s₂ − r₂).
    const difference = (first?.s ?? 0n) + (first?.r ?? 0n) - (second?.s ?? 0n) - (second?.r ?? 0n)
    expect((key.d * difference - ((second?.s ?? 0n) - (first?.s ?? 0n))) % order).not.toBe(0n)
  })

  it('with any single bit changed is refused', () => {
    for (let bit = 0; bit < good.length * 8; bit++) {
      const changed = Buffer.from(good)
      changed.writeUInt8((changed[bit >> 3] ?? 0) ^ (1 << (bit & 7)), bit >> 3)
      expect([bit, verifies(changed)]).toEqual([bit, false])
    }
  })

  it.each([0n, order, order + 1n, 2n ** 256n - 1n])('with a number outside its range is refused: %s', (outside) => {
    expect(verifies(toDer({ r: outside, s: standard.s }))).toBe(false)
    expect(verifies(toDer({ r: standard.r, s: outside }))).toBe(false)
  })

  it('whose numbers add up to nothing is refused', () => {
    expect(verifies(toDer({ r: standard.r, s: order - standard.r }))).toBe(false)
  })

  it('whose s is mirrored is refused', () => {
    expect(verifies(toDer({ r: standard.r, s: order - standard.s }))).toBe(false)
  })
})

describe('the encoding of a signature', () => {
  const r = bytesOf(standard.r)
  const s = bytesOf(standard.s)
  const sequence = (...parts: readonly Buffer[]): Buffer => {
    const content = Buffer.concat(parts)
    return Buffer.concat([Buffer.from([0x30, content.length]), content])
  }
  const integer = (bytes: Buffer, zeros = 1): Buffer =>
    Buffer.concat([Buffer.from([2, bytes.length + zeros]), Buffer.alloc(zeros), bytes])

  it('has one form only', () => {
    expect(sequence(integer(r), integer(s))).toEqual(good)
    expect(fromDer(good)).toEqual({ r: standard.r, s: standard.s })
  })

  it.each([
    ['bytes behind it', Buffer.concat([good, Buffer.alloc(1)])],
    ['bytes inside it', sequence(integer(r), integer(s), Buffer.alloc(1))],
    ['a zero too many', sequence(integer(r, 2), integer(s))],
    ['a zero too few: a negative number', sequence(integer(r, 0), integer(s))],
    ['a length of two bytes', Buffer.concat([hex('30 81'), good.subarray(1)])],
    ['no definite length', Buffer.concat([hex('30 80'), good.subarray(2), hex('00 00')])],
    ['another tag', Buffer.concat([hex('31'), good.subarray(1)])],
    ['text for a number', Buffer.concat([good.subarray(0, 2), hex('04'), good.subarray(3)])],
    ['one number', sequence(integer(r))],
    ['three numbers', sequence(integer(r), integer(s), integer(s))],
    ['its end cut off', good.subarray(0, -1)],
    ['bare numbers', Buffer.concat([r, s])],
    ['empty numbers', hex('30 04 02 00 02 00')],
    ['one byte', hex('30')],
    ['nothing', Buffer.alloc(0)],
    ['zeros', Buffer.alloc(72)],
  ])('with %s is none', (_, der) => {
    expect([fromDer(der), verifies(der)]).toEqual([undefined, false])
  })

  it('of small numbers is short', () => {
    expect(toDer({ r: 1n, s: 128n })).toEqual(hex('30 07 02 01 01 02 02 00 80'))
    expect(fromDer(hex('30 07 02 01 01 02 02 00 80'))).toEqual({ r: 1n, s: 128n })
  })
})

describe('a key', () => {
  const [x, y] = [standard.publicKey.subarray(1, 33), standard.publicKey.subarray(33)]
  const field = hex('fffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffff')

  it.each([
    ['not on the curve', Buffer.concat([Buffer.of(4), x, x])],
    ['compressed', Buffer.concat([Buffer.of(2), x])],
    ['hybrid', Buffer.concat([Buffer.of(6), x, y])],
    ['without its mark', Buffer.concat([x, y])],
    ['too long', Buffer.concat([standard.publicKey, Buffer.of(0)])],
    ['at infinity', Buffer.of(0)],
    ['all zeros', Buffer.concat([Buffer.of(4), Buffer.alloc(64)])],
    ['beyond the field', Buffer.concat([Buffer.of(4), field, y])],
    ['empty', Buffer.alloc(0)],
  ])('of the bank that is %s stops the process', (_, raw) => {
    expect(() => sm2PublicKey(raw)).toThrow('no SM2 public key')
  })

  it.each([
    ['zero', Buffer.alloc(32)],
    ['n − 1, whose inverse there is not', bytesOf(order - 1n)],
    ['n', bytesOf(order)],
    ['short', Buffer.alloc(31, 1)],
    ['long', Buffer.alloc(33, 1)],
  ])('of ours that is %s stops the process', (_, bytes) => {
    expect(() => sm2PrivateKey(bytes)).toThrow('no SM2 private key')
  })
})
