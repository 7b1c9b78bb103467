import type { RegistrationEvent } from '@paycare/shared/contract'
import type { Unit } from '../../db/unit.ts'
import { journalOf, paymentsOfBill, type JournalRow } from '../../engine/index.ts'

type Event = RegistrationEvent['event']
type OwnRow = JournalRow<{ readonly state?: string; readonly pays?: string }>

/** What the patient did or asked for, when it changed no state. */
const told: Readonly<Record<string, Event>> = {
  opened: 'opened',
  fallBack: 'declined',
  optedIn: 'optedIn',
  optedOut: 'optedOut',
}
const reached: Readonly<Record<string, Event>> = {
  reserved: 'reserved',
  booked: 'booked',
  slotGone: 'slotGone',
  cancelled: 'cancelled',
  lapsed: 'lapsed',
}
/** What the bank did; a refusal is told by the registration itself. */
const atBank: Readonly<Record<string, Event>> = {
  'done:lock': 'locked',
  'done:confirm': 'confirmed',
  'done:cancel': 'released',
  'end:released': 'released',
  doubt: 'doubt',
}
/** The order in which things happen when two carry the same instant. */
const order: readonly Event[] = [
  'opened',
  'reserved',
  'locked',
  'declined',
  'booked',
  'confirmed',
  'posted',
  'paidAtDesk',
]

/** A registration's own journal and those of its payments, in the patient's words; one doubt is told once. */
export function* historyOf(r: {
  readonly id: string
  readonly institution: string
  readonly billId: string
}): Unit<RegistrationEvent[]> {
  const events = ownEvents(yield* journalOf(r.id))
  for (const payment of yield* paymentsOfBill(r.institution, r.billId)) {
    for (const { event, atMs, amountFen } of yield* journalOf(payment.id)) {
      const known = atBank[event]
      if (known !== undefined) events.push({ event: known, atMs, amountFen })
    }
  }
  events.sort((a, b) => a.atMs - b.atMs || order.indexOf(a.event) - order.indexOf(b.event))
  return events.filter((one, at) => one.event !== 'doubt' || events[at - 1]?.event !== 'doubt')
}

function ownEvents(journal: readonly OwnRow[]): RegistrationEvent[] {
  let state = 'reserving'
  return journal.flatMap((row) => {
    const event = eventOf(row, state)
    state = row.changes.state ?? state
    return event === undefined ? [] : [{ atMs: row.atMs, event, amountFen: row.amountFen }]
  })
}

function eventOf(row: OwnRow, before: string): Event | undefined {
  if (row.event.startsWith('silent:')) return 'doubt'
  const { state, pays } = row.changes
  if (row.event === 'aim:gone') return 'goal' in row.changes ? 'cancelAsked' : undefined
  if (state === undefined || state === before) return told[row.event]
  if (state === 'settled') return pays === 'desk' ? 'paidAtDesk' : 'posted'
  return reached[state]
}
