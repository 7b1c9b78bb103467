import { date8 } from '../day.ts'
import type { Identity } from './identity.ts'

/** Sign-up status in the bank's words (bank.md §3.1). */
export type SignStatus = 'SIGNED' | 'UNSIGNED' | 'TERMINATED' | 'SIGNING'
/** State of a quota (bank.md §3.1, H-table). */
export type QuotaStatus = 'NORMAL' | 'FROZEN' | 'OVERDUE' | 'EXPIRED'

/** A person that the bank knows, with the agreement if there is one. */
export interface Customer extends Identity {
  signStatus: SignStatus
  agreementNo: string | null
  role: 'PRINCIPAL' | 'SHARER' | null
  /** The agreement whose accounts are drawn on: the own one, or the principal's for a sharer; null after unbinding. */
  accountNo: string | null
  familyRef: string | null
  quotaStatus: QuotaStatus
  signDate: string | null
  /** Where codes and messages go; null when the bank has no number. */
  phone: string | null
  /** The bank's own records speak against a quota: an application is refused. */
  readonly refused: boolean
  /** As a sharer: relation to the principal and the number that pages use in place of an identity. */
  relation: string | null
  memberNo: string | null
}

/** A customer as fixtures give it; `usedFen` is what is already owed before the first call. */
export interface CustomerInput extends Identity {
  readonly signStatus: SignStatus
  readonly agreementNo?: string | undefined
  readonly limitFen?: number | undefined
  readonly usedFen?: number | undefined
  readonly quotaStatus?: QuotaStatus | undefined
  readonly phone?: string | null | undefined
  readonly refused?: boolean | undefined
}

/** A later change of a customer. */
export interface CustomerChange {
  readonly quotaStatus?: QuotaStatus | undefined
  readonly signStatus?: 'SIGNED' | 'TERMINATED' | undefined
}

/** A family: the principal shares the quota with at most 8 people (C 二（二）). */
export interface FamilyInput {
  readonly principalCertNo: string
  readonly sharerCertNos: readonly string[]
  readonly relation?: string | undefined
}

/** 亲情付: at most so many sharers of one quota (C 二（二）). */
export const MAX_SHARERS = 8

const inForce = (customer: Customer): boolean =>
  customer.signStatus === 'SIGNED' && (customer.role !== 'SHARER' || customer.accountNo !== null)

/** The bank's register of people, agreements and families. */
export class PeopleRegister {
  readonly #byCert = new Map<string, Customer>()
  readonly #byAgreement = new Map<string, Customer>()
  #sequence = 0
  #families = 0
  #members = 0

  add(input: CustomerInput, nowMs: number): Customer {
    if (this.#byCert.has(input.certNo)) throw new Error('customer exists already')
    const signed = input.signStatus === 'SIGNED' || input.signStatus === 'TERMINATED'
    if (input.agreementNo !== undefined && this.#byAgreement.has(input.agreementNo))
      throw new Error('agreement exists already')
    const agreementNo = signed ? (input.agreementNo ?? this.#nextAgreementNo(nowMs)) : null
    const customer: Customer = {
      name: input.name,
      certType: input.certType,
      certNo: input.certNo,
      signStatus: input.signStatus,
      agreementNo,
      role: signed ? 'PRINCIPAL' : null,
      accountNo: agreementNo,
      familyRef: null,
      quotaStatus: input.quotaStatus ?? 'NORMAL',
      signDate: signed ? date8(nowMs) : null,
      phone: input.phone ?? null,
      refused: input.refused ?? false,
      relation: null,
      memberNo: null,
    }
    this.#byCert.set(input.certNo, customer)
    if (agreementNo !== null) this.#byAgreement.set(agreementNo, customer)
    return customer
  }

  /** Binds sharers; a sharer gets an agreement of its own whose uses draw on the principal (bank.md §5.6). */
  bindFamily(input: FamilyInput, nowMs: number): void {
    const principal = this.#byCert.get(input.principalCertNo)
    if (principal?.role !== 'PRINCIPAL' || principal.signStatus !== 'SIGNED') throw new Error('no such principal')
    const family = this.sharersOf(principal)
    if (family.length + input.sharerCertNos.length > MAX_SHARERS) throw new Error('more than 8 sharers')
    if (principal.familyRef === null) {
      this.#families += 1
      principal.familyRef = `FR${String(this.#families).padStart(10, '0')}`
    }
    for (const certNo of input.sharerCertNos) this.#bindSharer(certNo, principal, input.relation ?? '亲属', nowMs)
  }

  #bindSharer(certNo: string, principal: Customer, relation: string, nowMs: number): void {
    const sharer = this.#byCert.get(certNo)
    if (!sharer) throw new Error('no such sharer')
    if (inForce(sharer)) throw new Error('a signed customer must terminate before becoming a sharer')
    const agreementNo = this.#nextAgreementNo(nowMs)
    this.#members += 1
    Object.assign(sharer, {
      signStatus: 'SIGNED',
      agreementNo,
      role: 'SHARER',
      accountNo: principal.agreementNo,
      familyRef: principal.familyRef,
      signDate: date8(nowMs),
      relation,
      memberNo: `M${this.#members}`,
    } satisfies Partial<Customer>)
    this.#byAgreement.set(agreementNo, sharer)
  }

  /** Takes a sharer out of its family; locks that are open stay valid. */
  unbindSharer(certNo: string): void {
    const sharer = this.#byCert.get(certNo)
    if (sharer?.role !== 'SHARER') throw new Error('no such sharer')
    sharer.accountNo = null
  }

  /** A new agreement of a customer's own; an earlier one stays ended (bank.md §3.14). */
  sign(certNo: string, nowMs: number): { readonly customer: Customer; readonly agreementNo: string } {
    const customer = this.#byCert.get(certNo)
    if (!customer) throw new Error('no such customer')
    if (inForce(customer)) throw new Error('signed already')
    const agreementNo = this.#nextAgreementNo(nowMs)
    Object.assign(customer, {
      signStatus: 'SIGNED',
      agreementNo,
      role: 'PRINCIPAL',
      accountNo: agreementNo,
      familyRef: null,
      quotaStatus: 'NORMAL',
      signDate: date8(nowMs),
      relation: null,
      memberNo: null,
    } satisfies Partial<Customer>)
    this.#byAgreement.set(agreementNo, customer)
    return { customer, agreementNo }
  }

  /** Who draws on this principal's quota now, in the order of joining. */
  sharersOf(principal: Customer): Customer[] {
    const sharers = [...this.#byCert.values()].filter(
      (one) => one.role === 'SHARER' && one.accountNo !== null && one.accountNo === principal.agreementNo,
    )
    return sharers.sort((left, right) => Number(left.memberNo?.slice(1)) - Number(right.memberNo?.slice(1)))
  }

  /** What happens to a customer on the bank's own side: a bill falls due, an agreement ends. */
  change(certNo: string, change: CustomerChange): void {
    const customer = this.#byCert.get(certNo)
    if (!customer) throw new Error('no such customer')
    if (change.quotaStatus !== undefined) customer.quotaStatus = change.quotaStatus
    if (change.signStatus !== undefined) customer.signStatus = change.signStatus
  }

  /** Null as well when the name does not fit: the bank does not confirm that a number exists (bank.md §3.1). */
  findByIdentity(identity: Identity): Customer | null {
    const found = this.#byCert.get(identity.certNo)
    return found && sameIdentity(found, identity) ? found : null
  }

  findByCertNo(certNo: string): Customer | null {
    return this.#byCert.get(certNo) ?? null
  }

  findByAgreement(agreementNo: string): Customer | null {
    return this.#byAgreement.get(agreementNo) ?? null
  }

  /** The customer whose quota counts: the principal of a sharer, else the customer; null when that agreement has ended. */
  quotaHolder(customer: Customer): Customer | null {
    const holder = customer.accountNo === null ? null : this.findByAgreement(customer.accountNo)
    return holder?.signStatus === 'SIGNED' && holder.agreementNo === customer.accountNo ? holder : null
  }

  #nextAgreementNo(nowMs: number): string {
    const year = date8(nowMs).slice(0, 4)
    for (;;) {
      this.#sequence += 1
      const agreementNo = `CM${year}${String(this.#sequence).padStart(12, '0')}`
      if (!this.#byAgreement.has(agreementNo)) return agreementNo
    }
  }
}

/** Name, certificate kind and number all agree. */
export function sameIdentity(left: Identity, right: Identity): boolean {
  return left.certNo === right.certNo && left.name === right.name && left.certType === right.certType
}
