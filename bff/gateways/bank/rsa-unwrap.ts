import { constants, privateDecrypt, type KeyObject } from 'node:crypto'

const keyLengths: readonly number[] = [16, 24, 32]
/** Fewest bytes of PKCS#1 v1.5 padding, and the two that stand before it. */
const messageAtLeast = 11

/**
 * Where the message of a PKCS#1 v1.5 block begins (00 02 padding 00 message), and whether the padding is good. Every byte is looked at, whatever
 * it holds.
 */
function pkcs1Message(block: Uint8Array): { start: number; isGood: boolean } {
  let bad = (block[0] ?? 1) | ((block[1] ?? 0) ^ 2)
  let searching = 1
  let start = 0
  for (let at = 2; at < block.length; at++) {
    // 1 for a zero byte, 0 for any other, without a branch.
    const isZero = (((block[at] ?? 0) - 1) >> 31) & 1
    start += (at + 1) * (searching & isZero)
    searching &= 1 - isZero
  }
  // No end of the padding leaves the start at 0, which is too early as well.
  bad |= ((start - messageAtLeast) >> 31) & 1
  return { start, isGood: bad === 0 }
}

/**
 * The content key that the counterparty wrapped for us: RSA, PKCS#1 v1.5, and inside it the Base64 text of the key (`bank.md §2.4` B). Node
 * refuses to take this padding off, so the block is opened bare and the padding is checked here (`bank.md §2.8`). Whatever is wrong answers
 * `standIn`: the failure shows later, as content that cannot be read, and nobody learns from it how the padding was.
 */
export function unwrapContentKey(wrapped: string, own: KeyObject, standIn: Uint8Array): Uint8Array {
  const block = bareBlock(wrapped, own)
  const { start, isGood } = pkcs1Message(block)
  const key = Buffer.from(block.subarray(start).toString('latin1'), 'base64')
  return isGood && keyLengths.includes(key.length) ? key : standIn
}

/** Zeros, which are no good padding, when the text is no block of this key. */
function bareBlock(wrapped: string, own: KeyObject): Buffer {
  try {
    return privateDecrypt({ key: own, padding: constants.RSA_NO_PADDING }, Buffer.from(wrapped, 'base64'))
  } catch {
    return Buffer.alloc(messageAtLeast)
  }
}
