import type { CryptoProfile } from './profile.ts'

/** Name and certificate of a person, opened. Stays inside the bank; lists show it masked. */
export interface Identity {
  readonly name: string
  readonly certType: string
  readonly certNo: string
}

/** Opens the `ID` block of a request (bank.md §3.0); null when a field cannot be opened. */
export function openIdentity(
  profile: CryptoProfile,
  block: { cus_name: string; cert_type: string; cert_no: string },
): Identity | null {
  const name = profile.openIdentity(block.cus_name)
  const certNo = profile.openIdentity(block.cert_no)
  return name && certNo ? { name, certType: block.cert_type, certNo } : null
}

/** “林*兰 尾号 1234”: enough to recognise a row, not enough to identify somebody. */
export function maskIdentity(identity: Identity): string {
  const letters = [...identity.name]
  const last = letters.length > 2 ? (letters.at(-1) ?? '') : ''
  return `${letters[0] ?? ''}*${last} 尾号 ${identity.certNo.slice(-4)}`
}

/** 张三 → 张*, at most three stars (bank.md §7). */
export function maskName(name: string): string {
  const [first = '', ...rest] = [...name]
  if (rest.length === 0) return '*'
  return first + '*'.repeat(Math.min(rest.length, 3))
}

/** First three, eleven stars, last four. */
export const maskCertNo = (certNo: string): string => `${certNo.slice(0, 3)}${'*'.repeat(11)}${certNo.slice(-4)}`

/** 138****1234. */
export const maskPhone = (phone: string): string => `${phone.slice(0, 3)}****${phone.slice(-4)}`

/** A resident number that cannot belong to anybody: region 99 with a valid check digit (bank.md §6). */
export const isFictitious = (certNo: string): boolean =>
  /^99\d{15}[\dX]$/.test(certNo) && certNo.at(-1) === certCheckDigit(certNo.slice(0, 17))

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** The check digit of GB 11643 for the first 17 digits of a resident ID number. */
export function certCheckDigit(first17: string): string {
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(first17[at]), 0)
  return '10X98765432'[sum % 11] ?? ''
}
