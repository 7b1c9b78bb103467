import { and, eq, sql } from 'drizzle-orm'
import type {
  AgreeToCredit,
  CreditStatus,
  CreditUsage,
  HisCreditStatus,
  AskCreditStatus,
} from '@paycare/shared/contract'
import { tail } from '@paycare/shared/rules'
import { creditPrompts, markOf } from '@paycare/shared/text'
import type { AppContext } from '../../context.ts'
import { payment } from '../../engine/schema.ts'
import { Refusal } from '../../http/refusal.ts'
import { agree, consentedAt, readCard, type BoundCard } from '../account/index.ts'
import { creditPurpose } from './consent.ts'
import { askSignUp, type SignUp } from './sign-up.ts'

/** The page “信用就医”: without the patient's consent nobody asks the bank (product.md §1). */
export async function creditStatus(x: AppContext, accountId: string, cardId: string): Promise<CreditStatus> {
  const card = await readCard(x, accountId, cardId)
  const [consentedAtMs, usage] = await Promise.all([
    consentedAt(x, accountId, card.personId, creditPurpose),
    usageOf(x, card),
  ])
  const rest = { cardId, usage, consentVersion: creditPurpose.version, consentedAtMs }
  if (consentedAtMs === null) {
    return { ...rest, ...nothing, state: 'consentNeeded', askedAtMs: null }
  }
  const identity = await x.store.read(() => x.vault.identityOf(card.personId))
  const signUp = await askSignUp(x, card.institution, identity, 'OUTP_ONLINE')
  return { ...rest, ...shown(signUp), askedAtMs: x.clock.now() }
}

/** The patient agrees to the version on screen; then the bank is asked. */
export async function agreeToCredit(x: AppContext, accountId: string, body: AgreeToCredit): Promise<CreditStatus> {
  const card = await readCard(x, accountId, body.cardId)
  if (body.version !== creditPurpose.version) throw new Refusal(409, 'CONSENT_OUTDATED')
  await agree(x, accountId, card.personId, creditPurpose)
  return creditStatus(x, accountId, body.cardId)
}

/** The window's question (C 二（一）2, 三（三）): signed, mark, and the exact prompt for the cashier. */
export async function hisCreditStatus(
  x: AppContext,
  institution: string,
  body: AskCreditStatus,
): Promise<HisCreditStatus> {
  const { name, idNumber } = body.patient
  const signUp = await askSignUp(x, institution, { name, idNumber }, body.scene)
  if (signUp.status === 'silent') throw new Refusal(503, 'CREDIT_SILENT', signUp.why)
  if (signUp.status !== 'signed') {
    return { status: signUp.status, quota: null, mark: null, agreementNo: null, agreementTail: null, prompt: null }
  }
  return {
    status: 'signed',
    quota: signUp.quota,
    mark: markOf(signUp.role),
    agreementNo: signUp.agreementNo,
    agreementTail: tail(signUp.agreementNo),
    prompt: creditPrompts.registration,
  }
}

type Shown = Pick<CreditStatus, 'state' | 'quota' | 'role' | 'agreementTail' | 'availableFen'>

/** Without a sign-up there is nothing to tell about one. */
const nothing: Omit<Shown, 'state'> = { quota: null, role: null, agreementTail: null, availableFen: null }

function shown(s: SignUp): Shown {
  if (s.status !== 'signed') return { ...nothing, state: s.status }
  const { quota, role, agreementNo, availableFen = null } = s
  return { state: 'signed', quota, role, agreementTail: tail(agreementNo), availableFen }
}

/** What this hospital locked, deducted, released and refunded for the card's person. */
async function usageOf(x: AppContext, card: BoundCard): Promise<CreditUsage> {
  const sum = (value: unknown) => sql<number>`coalesce(sum(${value}), 0)`.mapWith(Number)
  const [row] = await x.reader
    .select({
      lockedFen: sum(sql`case when ${payment.state} = 'held' then ${payment.amountFen} else 0 end`),
      paidFen: sum(payment.paidFen),
      releasedFen: sum(
        sql`case when ${payment.state} = 'released' then ${payment.amountFen}
          when ${payment.state} = 'paid' then ${payment.amountFen} - ${payment.paidFen} else 0 end`,
      ),
      refundedFen: sum(payment.refundedFen),
    })
    .from(payment)
    .where(
      and(
        eq(payment.institution, card.institution),
        eq(payment.personId, card.personId),
        eq(payment.channel, 'credit'),
      ),
    )
  return row ?? { lockedFen: 0, paidFen: 0, releasedFen: 0, refundedFen: 0 }
}
