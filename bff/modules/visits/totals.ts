import type { HoldRow, PaymentBrief, VisitTotals } from '@paycare/shared/contract'

type Column = Exclude<keyof VisitTotals, 'refundedFen' | 'refundingFen'>

const columnOf: Record<HoldRow, Column> = {
  locking: 'pendingFen',
  lockDoubt: 'pendingFen',
  held: 'lockedFen',
  confirming: 'pendingFen',
  confirmDoubt: 'pendingFen',
  cancelling: 'pendingFen',
  cancelDoubt: 'pendingFen',
  paid: 'paidFen',
  partlyPaid: 'paidFen',
  released: 'releasedFen',
  declined: 'otherWayFen',
  expired: 'otherWayFen',
  review: 'pendingFen',
}

/** The amounts of a visit by what is known of them; each payment stands in one column, what a confirm released in its own; what went back stays in what was paid. */
export function totalsOf(payments: readonly PaymentBrief[]): VisitTotals {
  const totals = { lockedFen: 0, paidFen: 0, releasedFen: 0, pendingFen: 0, otherWayFen: 0 }
  const back = { refundedFen: 0, refundingFen: 0 }
  for (const p of payments) {
    back.refundedFen += p.refundedFen
    back.refundingFen += p.refundingFen
    const column = columnOf[p.row]
    if (column === 'paidFen') {
      totals.paidFen += p.paidFen
      totals.releasedFen += p.releasedFen
    } else {
      totals[column] += p.amountFen
    }
  }
  return { ...totals, ...back }
}

/** Rows that still lead to a deduction if nobody changes anything. */
export function willBeDeducted(row: HoldRow): boolean {
  return row === 'held' || row === 'locking' || row === 'lockDoubt' || row === 'confirming' || row === 'confirmDoubt'
}
