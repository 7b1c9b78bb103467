import type { RefundRow } from '../contract/refunds.ts'
import type { RefundLegState, RefundRequestState } from './refund-request-step.ts'

/** What decides which row of the state page a refund shows. */
export interface RefundRowFacts {
  readonly state: RefundRequestState
  /** The hospital left the last message unanswered. */
  readonly isHospitalSilent: boolean
  readonly legs: readonly RefundLegState[]
}

/** What the page says while parts are on their way, the most pressing first. */
const pressing: readonly (readonly [RefundLegState, RefundRow])[] = [
  ['review', 'review'],
  ['doubt', 'runningDoubt'],
  ['doing', 'running'],
  ['waiting', 'waiting'],
]

/** (state, parts) and nothing else decides. */
export function refundRow({ state, isHospitalSilent, legs }: RefundRowFacts): RefundRow {
  switch (state) {
    case 'asked':
      return isHospitalSilent ? 'askDoubt' : 'asked'
    case 'accepted':
      return pressing.find(([leg]) => legs.includes(leg))?.[1] ?? 'running'
    case 'done':
      return doneRow(legs)
    case 'approving':
    case 'declined':
    case 'withdrawn':
      return state
  }
}

function doneRow(legs: readonly RefundLegState[]): RefundRow {
  if (!legs.includes('refused')) return 'done'
  return legs.includes('done') ? 'partlyDone' : 'failed'
}
