import { bytesOf, numberOf } from './sm2-key.ts'

const sequence = 0x30
const integer = 0x02

/** The two numbers of a signature. */
export interface Sm2Numbers {
  readonly r: bigint
  readonly s: bigint
}

/** SEQUENCE { INTEGER r, INTEGER s }. Numbers below 2²⁵⁶ need one byte of length each. */
export function toDer({ r, s }: Sm2Numbers): Buffer {
  const content = Buffer.concat([integerOf(r), integerOf(s)])
  return Buffer.concat([Uint8Array.of(sequence, content.length), content])
}

/** Shortest two's complement of a number that is not negative. */
function integerOf(value: bigint): Buffer {
  const bytes = bytesOf(value)
  const first = bytes.findIndex((byte) => byte !== 0)
  const short = bytes.subarray(first < 0 ? -1 : first)
  const sign = (short[0] ?? 0) >= 0x80 ? [0] : []
  return Buffer.from([integer, sign.length + short.length, ...sign, ...short])
}

/** Reads the one encoding that `toDer` writes; undefined for every other, so that no signature has two forms. */
export function fromDer(der: Uint8Array): Sm2Numbers | undefined {
  const [, , , rLength = 0] = der
  const rEnd = 4 + rLength
  const r = der.subarray(4, rEnd)
  const s = der.subarray(rEnd + 2)
  if (isOutOfRange(r) || isOutOfRange(s)) return undefined
  const read = { r: numberOf(r), s: numberOf(s) }
  return toDer(read).equals(der) ? read : undefined
}

/** 32 bytes, or 33 with a zero before them. */
function isOutOfRange(bytes: Uint8Array): boolean {
  return bytes.length === 0 || bytes.length > 33 || (bytes.length === 33 && bytes[0] !== 0)
}
