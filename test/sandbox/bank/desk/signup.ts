import { ageOf } from '../../seed/people.ts'
import { CODE, SUCCESS_CODE } from '../codes.ts'
import { dateTime14 } from '../../day.ts'
import { yuan } from '../../markup.ts'
import { standingOf, type DeskParts, type Visitor } from './parts.ts'

/** The quota that everybody is offered who is not refused. */
export const OFFER_LIMIT_FEN = 500_000

/** Why an application is turned down: a child cannot sign, or the bank's own records speak against it. */
export type Refusal = 'minor' | 'refused'

/** What became of an application. */
export type Decision =
  | { readonly signed: true; readonly agreementNo: string; readonly limitFen: number }
  | { readonly signed: false; readonly reason: Refusal }

const ADULT = 18

/** The credit rule, the same for a person every time: under 18 no, marked as refused no, everybody else yes. */
function refusalOf(certNo: string, refused: boolean, nowMs: number): Refusal | null {
  if (ageOf(certNo, nowMs) < ADULT) return 'minor'
  return refused ? 'refused' : null
}

/** Makes the person known to the bank, with a number for messages if there is none yet. */
export function admit({ core }: DeskParts, { identity }: Visitor, phone: string | null): void {
  const known = core.people.findByCertNo(identity.certNo)
  if (!known) core.addCustomer({ ...identity, signStatus: 'UNSIGNED', phone })
  else known.phone ??= phone
}

function announceResult(parts: DeskParts, visitor: Visitor, decision: Decision): void {
  const nowMs = parts.core.clock.now()
  parts.announce({
    type: 'SIGN_RESULT',
    merPtcId: visitor.merPtcId,
    state: decision.signed ? 'SUCCESS' : 'FAIL',
    code: decision.signed ? SUCCESS_CODE : CODE.applicationRefused,
    finalAtMs: nowMs,
    members: decision.signed
      ? {
          sign_status: 'SIGNED',
          sign_agr_no: decision.agreementNo,
          user_role: 'PRINCIPAL',
          sign_time: dateTime14(nowMs),
        }
      : { sign_status: 'UNSIGNED' },
    identity: visitor.identity,
  })
}

/** Decides an application whose code was right; signing opens an agreement and its accounts at once (bank.md §3.14). */
export function decide(parts: DeskParts, visitor: Visitor): Decision {
  const { core, outbox } = parts
  const nowMs = core.clock.now()
  const { customer } = standingOf(core, visitor.identity.certNo)
  if (!customer) throw new Error('nobody applied')
  const reason = refusalOf(customer.certNo, customer.refused, nowMs)
  if (reason) {
    const refusal: Decision = { signed: false, reason }
    announceResult(parts, visitor, refusal)
    return refusal
  }
  const { agreementNo } = core.people.sign(customer.certNo, nowMs)
  core.openAccount(agreementNo, OFFER_LIMIT_FEN, 0)
  const text = `您已签约“信用就医”，额度 ${yuan(OFFER_LIMIT_FEN)}，协议尾号 ${agreementNo.slice(-4)}。`
  outbox.send(nowMs, customer.phone, text)
  const decision: Decision = { signed: true, agreementNo, limitFen: OFFER_LIMIT_FEN }
  announceResult(parts, visitor, decision)
  return decision
}
