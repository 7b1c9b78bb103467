import type { RefundItem } from '@paycare/shared/contract'
import { sumFen } from '@paycare/shared/rules'
import type { AppContext } from '../../context.ts'
import { newId } from '../../ports/ids.ts'
import type { RefundRequest } from './record.ts'
import type { Target } from './target.ts'

/** Nothing is known yet, and a decision is wanted. */
const atFirst = {
  state: 'asked',
  goal: 'decided',
  acceptedJson: null,
  acceptedFen: null,
  decidedBy: null,
  approvedBy: null,
  decidedAtMs: null,
  approvedAtMs: null,
  doneAtMs: null,
  decisionSealed: null,
  isTold: false,
  tries: 0,
  notBeforeMs: 0,
  looks: 0,
  lookAtMs: 0,
  version: 0,
} as const

type Given = Pick<RefundRequest, 'requestNo' | 'accountId' | 'askedBy' | 'cause' | 'bodyHash'>

/** Numbers of requests begin with this, so that an operation can tell what it was about. */
const prefix = 'rfq'

export const isRefundRequestId = (id: string): boolean => id.startsWith(`${prefix}_`)

/** A request as it is born; whoever stores it seals the note. */
export function freshRequest(x: AppContext, t: Target, items: readonly RefundItem[], given: Given): RefundRequest {
  return {
    ...atFirst,
    ...given,
    id: newId(x.random, prefix),
    institution: t.institution,
    personId: t.personId,
    target: t.target,
    noteSealed: null,
    items,
    askedFen: sumFen(items.map((item) => item.amountFen)),
    openedAtMs: x.clock.now(),
  }
}

/** The lane in which a request is worked on: the hospital's. */
export const laneOf = ({ institution }: Pick<RefundRequest, 'institution'>): string => `${institution}:hospital`
/** The kind of subject that a request is. */
export const refundRequestKind = 'refundRequest'
