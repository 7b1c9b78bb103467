import { unknown, type Outcome } from '@paycare/shared/rules'

/** Every outcome but success. */
export type UnsuccessfulOutcome = Exclude<Outcome, { is: 'succeeded' }>

/** Final business refusals of `bank.md §4.3`. `alarm`: the product should never have caused it. */
const refusals: Readonly<Record<string, 'plain' | 'alarm'>> = {
  SBOX0004PL0101: 'plain',
  SBOX0004PL0102: 'plain',
  SBOX0004PL0103: 'plain',
  SBOX0004PL0104: 'plain',
  SBOX0004PL0105: 'alarm',
  SBOX0004PL0106: 'plain',
  SBOX0004PL0107: 'plain',
  SBOX0004PL0108: 'plain',
  SBOX0004PL0109: 'alarm',
  SBOX0004PL0110: 'alarm',
  SBOX0004PL0111: 'alarm',
  SBOX0004PL0112: 'alarm',
  SBOX0004PL0115: 'plain',
}

/** C 四（六） table 2: the merchant balance is too small today. */
const balanceTooSmall = 'DCBS0004PL0974'
/** The gateway turned the message away before any business (`bank.md §4.3`). */
const gatewayRejection = /^SBOX0001GW\d{4}$/

/**
 * What a signed failure means. A code that is not listed here, and every ADPTSY code (the bank's own time-outs, C 四（六） table 2), is unknown:
 * the deduction may have happened.
 */
export function outcomeOfCode(code: string): UnsuccessfulOutcome {
  if (gatewayRejection.test(code)) return { is: 'notExecuted', why: code }
  if (code === balanceTooSmall) return { is: 'deferred', code }
  const refusal = Object.hasOwn(refusals, code) ? refusals[code] : undefined
  if (refusal === undefined) return unknown(code)
  return refusal === 'alarm' ? { is: 'refused', code, alarm: true } : { is: 'refused', code }
}
