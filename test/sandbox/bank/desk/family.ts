import { SUCCESS_CODE } from '../codes.ts'
import type { BankCore } from '../core.ts'
import { maskName, type Identity } from '../identity.ts'
import { MAX_SHARERS, type Customer } from '../people.ts'
import { standingOf, type DeskParts, type Standing, type Visitor } from './parts.ts'

type Principal = Extract<Standing, { kind: 'principal' }>
type Sharer = Extract<Standing, { kind: 'sharer' }>

/** What happened to a sharer's link. */
export type FamilyChange = 'ADDED' | 'REMOVED' | 'LEFT'

/** A sharer as the principal types it in. */
export interface SharerForm {
  readonly name: string
  readonly certNo: string
  readonly phone: string
  readonly relation: string
}

/** Why somebody cannot become a sharer (C 二（二）). */
export type SharerRefusal = 'full' | 'self' | 'alreadyYours' | 'elsewhere' | 'signedUp' | 'mismatch'

/** One use of a quota as the pages list it. */
export interface UseRow {
  readonly who: string
  readonly own: boolean
  readonly hospital: string
  readonly amountFen: number
  /** Given back of it. */
  readonly refundedFen: number
  readonly state: 'locked' | 'paid'
  readonly atMs: number
}

const identityOf = ({ name, certType, certNo }: Customer): Identity => ({ name, certType, certNo })

/** Tells the product that a sharer's link has changed; the sharer is the person inside (bank.md §3.15). */
export function announceChange(parts: DeskParts, merPtcId: string, sharer: Customer, change: FamilyChange): void {
  parts.announce({
    type: 'FAMILY_CHANGED',
    merPtcId,
    state: 'SUCCESS',
    code: SUCCESS_CODE,
    finalAtMs: parts.core.clock.now(),
    members: {
      sign_agr_no: sharer.agreementNo ?? '',
      user_role: 'SHARER',
      change,
      ...(sharer.familyRef === null ? {} : { family_ref: sharer.familyRef }),
    },
    identity: identityOf(sharer),
  })
}

/** Looks whether this person may join; null means yes. */
export function sharerRefusal(core: BankCore, principal: Principal, form: SharerForm): SharerRefusal | null {
  if (form.certNo === principal.customer.certNo) return 'self'
  const standing = standingOf(core, form.certNo)
  if (standing.customer && standing.customer.name !== form.name) return 'mismatch'
  if (standing.kind === 'principal') return 'signedUp'
  if (standing.kind === 'sharer') return standing.accountNo === principal.accountNo ? 'alreadyYours' : 'elsewhere'
  return core.people.sharersOf(principal.customer).length >= MAX_SHARERS ? 'full' : null
}

/** Binds a sharer after the principal's code was right; looks once more, since time has passed. */
export function addSharer(
  parts: DeskParts,
  visitor: Visitor,
  principal: Principal,
  form: SharerForm,
): SharerRefusal | null {
  const { core, outbox } = parts
  const refusal = sharerRefusal(core, principal, form)
  if (refusal) return refusal
  const nowMs = core.clock.now()
  const { name, certNo, phone, relation } = form
  if (!core.people.findByCertNo(certNo))
    core.addCustomer({ name, certType: '01', certNo, signStatus: 'UNSIGNED', phone })
  const { customer } = principal
  core.people.bindFamily({ principalCertNo: customer.certNo, sharerCertNos: [certNo], relation }, nowMs)
  const sharer = core.people.findByCertNo(certNo)
  if (!sharer) throw new Error('the sharer just bound is gone')
  sharer.phone = phone
  outbox.send(
    nowMs,
    phone,
    `${maskName(customer.name)}已把您加为“信用就医”额度共享人（亲情付），如非本人意愿可随时退出。`,
  )
  announceChange(parts, visitor.merPtcId, sharer, 'ADDED')
  return null
}

/** A sharer of this principal by the number that stands in the page. */
export function sharerByNumber(core: BankCore, principal: Principal, memberNo: string): Customer | null {
  return core.people.sharersOf(principal.customer).find((one) => one.memberNo === memberNo) ?? null
}

/** The principal takes a sharer out; what is locked already stays valid (bank.md §5.6). */
export function removeSharer(parts: DeskParts, visitor: Visitor, sharer: Customer): void {
  parts.core.people.unbindSharer(sharer.certNo)
  parts.outbox.send(parts.core.clock.now(), sharer.phone, '您已被移出“信用就医”亲情付，之后就医不再使用共享额度。')
  announceChange(parts, visitor.merPtcId, sharer, 'REMOVED')
}

/** A sharer leaves by itself. */
export function leaveFamily(parts: DeskParts, visitor: Visitor, { customer, principal }: Sharer): void {
  const { core, outbox } = parts
  core.people.unbindSharer(customer.certNo)
  outbox.send(core.clock.now(), principal.phone, `${maskName(customer.name)}已退出您的“信用就医”亲情付。`)
  announceChange(parts, visitor.merPtcId, customer, 'LEFT')
}

/** 额度使用详情, latest first: all uses for the principal, others' names masked; only the own ones for a sharer (C 二（二）). */
export function usesOf(core: BankCore, standing: Principal | Sharer): UseRow[] {
  const self = standing.customer.certNo
  const isMine = ({ accountNo, identity }: { readonly accountNo: string; readonly identity: Identity }): boolean =>
    accountNo === standing.accountNo && (standing.kind === 'principal' || identity.certNo === self)
  const row = (use: { readonly identity: Identity; readonly merPtcId: string }) => {
    const own = use.identity.certNo === self
    return { own, who: own ? '本人' : maskName(use.identity.name), hospital: core.merchants.nameOf(use.merPtcId) }
  }
  const locked = core.locks.all().filter((order) => order.state === 'LOCKED' && isMine(order))
  const rows = [
    ...locked.map((order): UseRow => {
      const { amountFen, createdAtMs: atMs } = order
      return { ...row(order), amountFen, refundedFen: 0, state: 'locked', atMs: order.finalAtMs ?? atMs }
    }),
    ...core.payments
      .all()
      .filter(isMine)
      .map((payment): UseRow => {
        const { amountFen, refundedFen, atMs } = payment
        return { ...row(payment), amountFen, refundedFen, state: 'paid', atMs }
      }),
  ]
  return rows.sort((left, right) => right.atMs - left.atMs)
}
