import {
  isLive,
  type Goal,
  type PaymentKind,
  type PaymentState,
  type RefundState,
  type State,
  type StepName,
} from '@paycare/shared/rules'
import { flag, integer, integerOrNull, text, textOrNull, type Row } from '../db/unit.ts'

/** Something that wants to reach a goal: what is known (`state`), what is wanted (`goal`), and the money of it (`engine.md §1`). */
interface Wanting {
  readonly id: string
  readonly institution: string
  readonly channel: string
  readonly personId: string
  readonly termsSealed: string
  readonly state: State
  readonly goal: Goal
  readonly amountFen: number
  readonly acctDate: string | null
  readonly notBeforeMs: number
  readonly recheck: boolean
  readonly refusals: number
  readonly reasonCode: string | null
  readonly openedAtMs: number
  /** A subject of another kind that waits for this one: it is woken when the state changes. */
  readonly awaitedBy: string | null
  readonly version: number
}

/** Money of a bill that is set aside and taken, or taken at once. */
export interface Payment extends Wanting {
  readonly kind: PaymentKind
  readonly state: PaymentState
  readonly billId: string
  readonly role: 'own' | 'family'
  /** What a confirm asks for; at most `amountFen`. */
  readonly captureFen: number
  readonly paidFen: number
  /** Reserved for refunds that are not decided yet. */
  readonly refundingFen: number
  readonly refundedFen: number
  readonly repayBy: string | null
  readonly expiresAtMs: number | null
  /** Its place in the evening sweep; null when another subject drives it. */
  readonly sweepJitterMs: number | null
}

/** Who says when a refund that could not be done yet is tried again: a person, or the daily run (C 二（一）5, 二（四）1（4）). */
export type RefundQueue = 'manual' | 'daily'

/** Money of one payment that goes back; reserved in the payment's own row from the moment it is opened. */
export interface Refund extends Wanting {
  readonly kind: 'refund'
  readonly state: RefundState
  readonly paymentId: string
  readonly queue: RefundQueue
}

export type Subject = Payment | Refund

type CommonMutable = Pick<
  Wanting,
  'state' | 'goal' | 'acctDate' | 'notBeforeMs' | 'recheck' | 'refusals' | 'reasonCode'
>
/** The part of a payment that changes; each change is journalled. */
export type Mutable = CommonMutable &
  Pick<Payment, 'captureFen' | 'paidFen' | 'refundingFen' | 'refundedFen' | 'repayBy' | 'expiresAtMs'>
/** The part of a refund that changes. */
export type RefundMutable = CommonMutable

const commonKeys = ['state', 'goal', 'acctDate', 'notBeforeMs', 'recheck', 'refusals', 'reasonCode'] as const
const refundMutableKeys = commonKeys satisfies readonly (keyof RefundMutable)[]
export const mutableKeys = [
  ...commonKeys,
  'captureFen',
  'paidFen',
  'refundingFen',
  'refundedFen',
  'repayBy',
  'expiresAtMs',
] as const satisfies readonly (keyof Mutable)[]

/** The mutable part as the first journal row holds it, and as replaying the whole journal must give it again. */
export function mutablePartOf(s: Subject): Record<string, unknown> {
  return s.kind === 'refund'
    ? Object.fromEntries(refundMutableKeys.map((key) => [key, s[key]]))
    : Object.fromEntries(mutableKeys.map((key) => [key, s[key]]))
}

/** The mutable part of a payment as the columns that hold it. */
export function mutableColumns(kind: PaymentKind, m: Mutable): Record<string, string | number | null> {
  return {
    state: m.state,
    goal: m.goal,
    acctDate: m.acctDate,
    notBefore: m.notBeforeMs,
    recheck: m.recheck ? 1 : 0,
    refusals: m.refusals,
    reasonCode: m.reasonCode,
    live: isLive(kind, m.state) ? 1 : 0,
    captureFen: m.captureFen,
    paidFen: m.paidFen,
    refundingFen: m.refundingFen,
    refundedFen: m.refundedFen,
    repayBy: m.repayBy,
    expiresAt: m.expiresAtMs,
  }
}

/** The mutable part of a refund as the columns that hold it. */
export function refundColumns(m: RefundMutable): Record<string, string | number | null> {
  return {
    state: m.state,
    goal: m.goal,
    acctDate: m.acctDate,
    notBefore: m.notBeforeMs,
    recheck: m.recheck ? 1 : 0,
    refusals: m.refusals,
    reasonCode: m.reasonCode,
    live: isLive('refund', m.state) ? 1 : 0,
  }
}

/** One serial at one counterparty for one step: the only thing that can be in doubt. */
export interface Attempt {
  readonly id: string
  readonly step: StepName
  readonly serial: string
  readonly tradeDate: string
  readonly amountFen: number
  readonly contentSealed: string
  readonly ref: Readonly<Record<string, string>>
  readonly state: 'ready' | 'sent' | 'accepted' | 'succeeded' | 'refused' | 'deferred' | 'dropped'
  readonly open: boolean
  readonly doubt: boolean
  readonly sends: number
  readonly firstSentAtMs: number
  readonly lastSentAtMs: number
  readonly asks: number
  readonly lastAskAtMs: number
  readonly absentAtMs: number | null
  /** When the counterparty last pushed a message about this call; it only brings the next question forward. */
  readonly hintAtMs: number | null
}

/** The one attempt of a subject that is not over. */
export interface OpenAttempt extends Attempt {
  readonly state: 'ready' | 'sent' | 'accepted'
}

/** The right to work on a subject: ends by itself, and a later holder has a higher fence. */
export interface Lease {
  readonly subjectId: string
  /** What kind of subject it is: who knows how to work on it. */
  readonly kind: string
  /** Whose counterparty it keeps busy: institution and channel. */
  readonly lane: string
  readonly fence: number
}

// Both name every column: putting a wide object together out of two costs three times as much as reading the row.
export function paymentOf(row: Row): Payment {
  return {
    id: text(row, 'id'),
    institution: text(row, 'institution'),
    channel: text(row, 'channel'),
    personId: text(row, 'person_id'),
    termsSealed: text(row, 'terms_sealed'),
    goal: text(row, 'goal') as Goal,
    amountFen: integer(row, 'amount_fen'),
    acctDate: textOrNull(row, 'acct_date'),
    notBeforeMs: integer(row, 'not_before'),
    recheck: flag(row, 'recheck'),
    refusals: integer(row, 'refusals'),
    reasonCode: textOrNull(row, 'reason_code'),
    openedAtMs: integer(row, 'opened_at'),
    awaitedBy: textOrNull(row, 'awaited_by'),
    version: integer(row, 'version'),
    kind: text(row, 'kind') as PaymentKind,
    state: text(row, 'state') as PaymentState,
    billId: text(row, 'bill_id'),
    role: text(row, 'role') as Payment['role'],
    captureFen: integer(row, 'capture_fen'),
    paidFen: integer(row, 'paid_fen'),
    refundingFen: integer(row, 'refunding_fen'),
    refundedFen: integer(row, 'refunded_fen'),
    repayBy: textOrNull(row, 'repay_by'),
    expiresAtMs: integerOrNull(row, 'expires_at'),
    sweepJitterMs: integerOrNull(row, 'sweep_jitter'),
  }
}

export function refundOf(row: Row): Refund {
  return {
    id: text(row, 'id'),
    institution: text(row, 'institution'),
    channel: text(row, 'channel'),
    personId: text(row, 'person_id'),
    termsSealed: text(row, 'terms_sealed'),
    goal: text(row, 'goal') as Goal,
    amountFen: integer(row, 'amount_fen'),
    acctDate: textOrNull(row, 'acct_date'),
    notBeforeMs: integer(row, 'not_before'),
    recheck: flag(row, 'recheck'),
    refusals: integer(row, 'refusals'),
    reasonCode: textOrNull(row, 'reason_code'),
    openedAtMs: integer(row, 'opened_at'),
    awaitedBy: textOrNull(row, 'awaited_by'),
    version: integer(row, 'version'),
    kind: 'refund',
    state: text(row, 'state') as RefundState,
    paymentId: text(row, 'payment_id'),
    queue: text(row, 'queue') as RefundQueue,
  }
}

export function attemptOf(row: Row): Attempt {
  return {
    id: text(row, 'id'),
    step: text(row, 'step') as StepName,
    serial: text(row, 'serial'),
    tradeDate: text(row, 'trade_date'),
    amountFen: integer(row, 'amount_fen'),
    contentSealed: text(row, 'content_sealed'),
    ref: JSON.parse(text(row, 'ref_json')) as Record<string, string>,
    state: text(row, 'state') as Attempt['state'],
    open: flag(row, 'open'),
    doubt: flag(row, 'doubt'),
    sends: integer(row, 'sends'),
    firstSentAtMs: integer(row, 'first_sent_at'),
    lastSentAtMs: integer(row, 'last_sent_at'),
    asks: integer(row, 'asks'),
    lastAskAtMs: integer(row, 'last_ask_at'),
    absentAtMs: integerOrNull(row, 'absent_at'),
    hintAtMs: integerOrNull(row, 'hint_at'),
  }
}

export function openAttempt(row: Row): OpenAttempt {
  const attempt = attemptOf(row)
  if (isOpen(attempt)) return attempt
  throw new TypeError(`attempt ${attempt.id} is open and ${attempt.state}`)
}

function isOpen(attempt: Attempt): attempt is OpenAttempt {
  return attempt.state === 'ready' || attempt.state === 'sent' || attempt.state === 'accepted'
}
