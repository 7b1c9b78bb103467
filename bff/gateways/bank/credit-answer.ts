import { unknown, type Facts, type Outcome } from '@paycare/shared/rules'
import type { CallContent, CallMark } from '../line.ts'
import type { BankAnswer, BankClient } from './client.ts'
import { outcomeOfCode } from './codes.ts'

/** Opens a person's identity for the length of one call. */
export type OpenIdentity = (personId: string) => Promise<{ name: string; idNumber: string }>

/** The patient, sealed field by field (`bank.md §3.0`). */
export async function identityBlock(bank: BankClient, openIdentity: OpenIdentity, content: CallContent) {
  const { name, idNumber } = await openIdentity(content.personId)
  return { cus_name: bank.sealField(name), cert_type: '01', cert_no: bank.sealField(idNumber) }
}

/** Where an answer says which call it is about, how that stands, and what it did. */
interface Reading<T> {
  serial(body: T): string | undefined
  state(body: T): 'SUCCESS' | 'PROCESSING' | 'FAIL'
  facts(body: T): Facts
}

/** Business state → outcome. An answer about another serial than the one asked for proves nothing. */
export function decided<T>(answer: BankAnswer<T>, mark: CallMark, read: Reading<T>): Outcome {
  if (answer.is !== 'done') return answer
  const { body } = answer
  const serial = read.serial(body)
  if (serial !== undefined && serial !== mark.serial) return unknown('answer to another serial')
  switch (read.state(body)) {
    case 'SUCCESS':
      return { is: 'succeeded', facts: read.facts(body) }
    case 'PROCESSING':
      return { is: 'accepted' }
    case 'FAIL':
      return unknown('failure without a code')
  }
}

/** The query says FAIL: final whatever the code, because the bank has decided. */
export function finalRefusal(failCode: string | undefined): Outcome {
  const code = failCode ?? 'BANK_REFUSED'
  const outcome = outcomeOfCode(code)
  return outcome.is === 'refused' || outcome.is === 'deferred' ? outcome : { is: 'refused', code }
}

export function refs(parts: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(parts).filter((part): part is [string, string] => part[1] !== undefined))
}

/** Leaves out what the bank did not say. */
export function optional<T extends Record<string, unknown>>(parts: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}
