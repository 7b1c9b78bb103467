import type { HoldRow, PaymentGoal, PaymentState, PaymentStep } from '../contract/payments.ts'

/** What is known of a hold and of its one open attempt, if any (`engine.md §1.2`). */
export interface HoldFacts {
  readonly state: PaymentState
  readonly goal: PaymentGoal
  readonly open: { readonly step: PaymentStep; readonly doubt: boolean } | undefined
  readonly amountFen: number
  readonly paidFen: number
}

const doing: Record<PaymentStep, readonly [certain: HoldRow, doubt: HoldRow]> = {
  lock: ['locking', 'lockDoubt'],
  confirm: ['confirming', 'confirmDoubt'],
  cancel: ['cancelling', 'cancelDoubt'],
}

/** The row of the state page for a hold: (state, goal, step, doubt) and nothing else decides. */
export function holdRow(f: HoldFacts): HoldRow {
  if (f.open) return doing[f.open.step][f.open.doubt ? 1 : 0]
  switch (f.state) {
    case 'opening':
      return f.goal === 'gone' ? 'cancelling' : 'locking'
    case 'held':
      return f.goal === 'hold' ? 'held' : f.goal === 'paid' ? 'confirming' : 'cancelling'
    case 'paid':
      return f.paidFen < f.amountFen ? 'partlyPaid' : 'paid'
    case 'released':
    case 'declined':
    case 'expired':
    case 'review':
      return f.state
  }
}
