import type { HoldRow, PaymentBrief, VisitTotals } from '@paycare/shared/contract'

type Column = keyof VisitTotals

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

/** The amounts of a visit by what is known of them; each payment stands in one column, what a confirm released in its own. */
export function totalsOf(payments: readonly PaymentBrief[]): VisitTotals {
  const totals = { lockedFen: 0, paidFen: 0, releasedFen: 0, pendingFen: 0, otherWayFen: 0 }
  for (const p of payments) {
    const column = columnOf[p.row]
    if (column === 'paidFen') {
      totals.paidFen += p.paidFen
      totals.releasedFen += p.releasedFen
    } else {
      totals[column] += p.amountFen
    }
  }
  return totals
}

/** Rows that still lead to a deduction if nobody changes anything. */
export function willBeDeducted(row: HoldRow): boolean {
  return row === 'held' || row === 'locking' || row === 'lockDoubt' || row === 'confirming' || row === 'confirmDoubt'
}
