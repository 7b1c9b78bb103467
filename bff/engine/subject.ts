import { isLive, type Goal, type Kind, type State, type StepName } from '@paycare/shared/rules'
import { flag, integer, integerOrNull, text, textOrNull, type Row } from '../db/unit.ts'

/** Something that wants to reach a goal: what is known (`state`), what is wanted (`goal`), and the money of it (`engine.md §1`). */
export interface Subject {
  readonly id: string
  readonly institution: string
  readonly billId: string
  readonly channel: string
  readonly kind: Kind
  readonly personId: string
  readonly role: 'own' | 'family'
  readonly termsSealed: string
  readonly state: State
  readonly goal: Goal
  readonly amountFen: number
  /** What a confirm asks for; at most `amountFen`. */
  readonly captureFen: number
  readonly paidFen: number
  readonly refundingFen: number
  readonly refundedFen: number
  readonly acctDate: string | null
  readonly repayBy: string | null
  readonly expiresAtMs: number | null
  readonly notBeforeMs: number
  readonly recheck: boolean
  readonly refusals: number
  readonly reasonCode: string | null
  readonly openedAtMs: number
  /** Its place in the evening sweep; null when another subject drives it. */
  readonly sweepJitterMs: number | null
  /** A subject of another kind that waits for this one: it is woken when the state changes. */
  readonly awaitedBy: string | null
  readonly version: number
}

/** The part of a subject that changes; each change is journalled. */
export type Mutable = Pick<
  Subject,
  | 'state'
  | 'goal'
  | 'captureFen'
  | 'paidFen'
  | 'refundingFen'
  | 'refundedFen'
  | 'acctDate'
  | 'repayBy'
  | 'expiresAtMs'
  | 'notBeforeMs'
  | 'recheck'
  | 'refusals'
  | 'reasonCode'
>

export const mutableKeys = [
  'state',
  'goal',
  'captureFen',
  'paidFen',
  'refundingFen',
  'refundedFen',
  'acctDate',
  'repayBy',
  'expiresAtMs',
  'notBeforeMs',
  'recheck',
  'refusals',
  'reasonCode',
] as const satisfies readonly (keyof Mutable)[]

/** The mutable part as the columns that hold it. */
export function mutableColumns(kind: Kind, m: Mutable): Record<string, string | number | null> {
  return {
    state: m.state,
    goal: m.goal,
    live: isLive(kind, m.state) ? 1 : 0,
    captureFen: m.captureFen,
    paidFen: m.paidFen,
    refundingFen: m.refundingFen,
    refundedFen: m.refundedFen,
    acctDate: m.acctDate,
    repayBy: m.repayBy,
    expiresAt: m.expiresAtMs,
    notBefore: m.notBeforeMs,
    recheck: m.recheck ? 1 : 0,
    refusals: m.refusals,
    reasonCode: m.reasonCode,
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

export function subjectOf(row: Row): Subject {
  return {
    id: text(row, 'id'),
    institution: text(row, 'institution'),
    billId: text(row, 'bill_id'),
    channel: text(row, 'channel'),
    kind: text(row, 'kind') as Kind,
    personId: text(row, 'person_id'),
    role: text(row, 'role') as Subject['role'],
    termsSealed: text(row, 'terms_sealed'),
    state: text(row, 'state') as State,
    goal: text(row, 'goal') as Goal,
    amountFen: integer(row, 'amount_fen'),
    captureFen: integer(row, 'capture_fen'),
    paidFen: integer(row, 'paid_fen'),
    refundingFen: integer(row, 'refunding_fen'),
    refundedFen: integer(row, 'refunded_fen'),
    acctDate: textOrNull(row, 'acct_date'),
    repayBy: textOrNull(row, 'repay_by'),
    expiresAtMs: integerOrNull(row, 'expires_at'),
    notBeforeMs: integer(row, 'not_before'),
    recheck: flag(row, 'recheck'),
    refusals: integer(row, 'refusals'),
    reasonCode: textOrNull(row, 'reason_code'),
    openedAtMs: integer(row, 'opened_at'),
    sweepJitterMs: integerOrNull(row, 'sweep_jitter'),
    awaitedBy: textOrNull(row, 'awaited_by'),
    version: integer(row, 'version'),
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
  const { state } = attempt
  if (state === 'ready' || state === 'sent' || state === 'accepted') return { ...attempt, state }
  throw new TypeError(`attempt ${attempt.id} is open and ${state}`)
}
