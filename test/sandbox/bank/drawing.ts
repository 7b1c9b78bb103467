import { CODE } from './codes.ts'
import type { BankCore } from './core.ts'
import type { Identity } from './identity.ts'
import { sameIdentity, type Customer } from './people.ts'

/** A wish to use a quota: who, for which hospital, how much in fen. */
export interface Drawing {
  readonly merPtcId: string
  readonly agreementNo: string
  readonly amountFen: number
  readonly identity: Identity
}

function peopleRefusal(core: BankCore, { agreementNo, identity }: Drawing, customer: Customer | null): string | null {
  if (customer?.signStatus === 'TERMINATED') return CODE.terminated
  if (customer?.signStatus !== 'SIGNED') return CODE.notSigned
  if (customer.agreementNo !== agreementNo) return CODE.terminated
  if (!sameIdentity(customer, identity)) return CODE.identityMismatch
  return core.people.quotaHolder(customer)?.agreementNo == null ? CODE.sharerLinkMissing : null
}

/** The checks of a lock, a payment and a payment check, in the order of bank.md §6.3; null allows. */
export function drawingRefusal(core: BankCore, drawing: Drawing): string | null {
  if (!core.merchants.isActive(drawing.merPtcId)) return CODE.merchantUnknown
  const customer = core.people.findByAgreement(drawing.agreementNo)
  const code = peopleRefusal(core, drawing, customer)
  if (code !== null) return code
  const holder = customer && core.people.quotaHolder(customer)
  if (holder?.quotaStatus !== 'NORMAL') return CODE.quotaBlocked
  const available = core.ledger.balance('AVAILABLE', holder.agreementNo ?? '')
  return drawing.amountFen > available ? CODE.quotaInsufficient : null
}
