import type { BankCore } from '../core.ts'
import type { Identity } from '../identity.ts'
import type { Notice } from '../notify/notice.ts'
import type { Customer } from '../people.ts'
import type { SmsOutbox } from '../sms.ts'

/** What the bank's pages work on. */
export interface DeskParts {
  readonly core: BankCore
  readonly outbox: SmsOutbox
  announce(notice: Notice): void
}

/** Whom a jump brought, and which hospital sent the person. */
export interface Visitor {
  readonly identity: Identity
  readonly merPtcId: string
}

/** How a person stands with the bank now. */
export type Standing =
  | { readonly kind: 'unsigned'; readonly customer: Customer | null }
  | { readonly kind: 'principal'; readonly customer: Customer; readonly accountNo: string }
  | {
      readonly kind: 'sharer'
      readonly customer: Customer
      readonly accountNo: string
      readonly agreementNo: string
      readonly principal: Customer
    }

/** Looks a person up by number; a terminated agreement and a sharer who has left stand like anybody unsigned. */
export function standingOf(core: BankCore, certNo: string): Standing {
  const customer = core.people.findByCertNo(certNo)
  const holder = customer && core.people.quotaHolder(customer)
  if (customer?.signStatus !== 'SIGNED' || !holder?.agreementNo) return { kind: 'unsigned', customer }
  const accountNo = holder.agreementNo
  if (holder === customer) return { kind: 'principal', customer, accountNo }
  return { kind: 'sharer', customer, accountNo, agreementNo: customer.agreementNo ?? '', principal: holder }
}
