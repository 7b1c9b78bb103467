import type { RefundCause, RefundItem, RefundTarget } from '@paycare/shared/contract'
import type { RefundRequestGoal, RefundRequestState } from '@paycare/shared/rules'
import { flag, integer, integerOrNull, text, textOrNull, type Row } from '../../db/unit.ts'

/** A request for a refund as it is stored: a subject of its own (product.md §8). Its money moves in its parts. */
export interface RefundRequest extends Mutable {
  readonly id: string
  readonly institution: string
  /** The number that patient, hospital and bank name it by. */
  readonly requestNo: string
  /** Who asked in the app; null when the hospital did. */
  readonly accountId: string | null
  readonly personId: string
  readonly target: RefundTarget
  readonly askedBy: 'patient' | 'hospital'
  readonly cause: RefundCause
  /** What the patient wrote, sealed with the person's key. */
  readonly noteSealed: string | null
  readonly items: readonly RefundItem[]
  readonly askedFen: number
  readonly bodyHash: string
  readonly openedAtMs: number
  /** What the hospital wrote with its decision, sealed with the person's key; not journalled. */
  readonly decisionSealed: string | null
  /** How often the hospital was asked, and when it is asked again; a plan and no fact, so not journalled. */
  readonly looks: number
  readonly lookAtMs: number
  readonly version: number
}

/** The part that changes; each change is journalled, and the journal replays to it. */
export interface Mutable {
  readonly state: RefundRequestState
  readonly goal: RefundRequestGoal
  /** What the hospital accepted, as JSON. */
  readonly acceptedJson: string | null
  readonly acceptedFen: number | null
  /** Staff numbers of the hospital. */
  readonly decidedBy: string | null
  readonly approvedBy: string | null
  readonly decidedAtMs: number | null
  readonly approvedAtMs: number | null
  readonly doneAtMs: number | null
  /** The hospital has answered that it has the request. */
  readonly isTold: boolean
  /** Messages in a row that the hospital left unanswered. */
  readonly tries: number
  readonly notBeforeMs: number
}

export const refundRequestMutableKeys = [
  'state',
  'goal',
  'acceptedJson',
  'acceptedFen',
  'decidedBy',
  'approvedBy',
  'decidedAtMs',
  'approvedAtMs',
  'doneAtMs',
  'isTold',
  'tries',
  'notBeforeMs',
] as const satisfies readonly (keyof Mutable)[]

/** The mutable part as the columns that hold it. */
export function mutableColumns(m: Mutable): Record<string, string | number | null> {
  return {
    state: m.state,
    goal: m.goal,
    acceptedJson: m.acceptedJson,
    acceptedFen: m.acceptedFen,
    decidedBy: m.decidedBy,
    approvedBy: m.approvedBy,
    decidedAt: m.decidedAtMs,
    approvedAt: m.approvedAtMs,
    doneAt: m.doneAtMs,
    isTold: m.isTold ? 1 : 0,
    tries: m.tries,
    notBefore: m.notBeforeMs,
  }
}

export function refundRequestOf(row: Row): RefundRequest {
  return {
    id: text(row, 'id'),
    institution: text(row, 'institution'),
    requestNo: text(row, 'request_no'),
    accountId: textOrNull(row, 'account_id'),
    personId: text(row, 'person_id'),
    target: { kind: text(row, 'target_kind') as RefundTarget['kind'], id: text(row, 'target_id') },
    askedBy: text(row, 'asked_by') as RefundRequest['askedBy'],
    cause: text(row, 'cause') as RefundCause,
    noteSealed: textOrNull(row, 'note_sealed'),
    items: itemsOf(text(row, 'items_json')),
    askedFen: integer(row, 'asked_fen'),
    bodyHash: text(row, 'body_hash'),
    openedAtMs: integer(row, 'opened_at'),
    decisionSealed: textOrNull(row, 'decision_sealed'),
    looks: integer(row, 'looks'),
    lookAtMs: integer(row, 'look_at'),
    ...mutableOf(row),
    version: integer(row, 'version'),
  }
}

function mutableOf(row: Row): Mutable {
  return {
    state: text(row, 'state') as RefundRequestState,
    goal: text(row, 'goal') as RefundRequestGoal,
    acceptedJson: textOrNull(row, 'accepted_json'),
    acceptedFen: integerOrNull(row, 'accepted_fen'),
    decidedBy: textOrNull(row, 'decided_by'),
    approvedBy: textOrNull(row, 'approved_by'),
    decidedAtMs: integerOrNull(row, 'decided_at'),
    approvedAtMs: integerOrNull(row, 'approved_at'),
    doneAtMs: integerOrNull(row, 'done_at'),
    isTold: flag(row, 'is_told'),
    tries: integer(row, 'tries'),
    notBeforeMs: integer(row, 'not_before'),
  }
}

/** What the hospital accepted; nothing before the decision. */
export function acceptedItemsOf(r: Pick<RefundRequest, 'acceptedJson'>): readonly RefundItem[] | null {
  return r.acceptedJson === null ? null : itemsOf(r.acceptedJson)
}

function itemsOf(json: string): RefundItem[] {
  return JSON.parse(json) as RefundItem[]
}
