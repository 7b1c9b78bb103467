import type { Home, NextCard, RegistrationBrief } from '@paycare/shared/contract'
import { dayOf, groupBy, isRegistrationUnderWay, sumFen } from '@paycare/shared/rules'
import type { AppContext } from '../../context.ts'
import { firstCard, readCard } from '../account/index.ts'
import { paymentViews, type PaymentView } from '../bills/index.ts'
import { registrationsOfPerson } from '../registrations/index.ts'
import { deductByMs, totalsOf, visitsOfPerson, willBeDeducted, type VisitRow } from '../visits/index.ts'

const most = 3

/** The home page of a card, or of the account's first one: at most three next cards, the most urgent first. */
export async function home(x: AppContext, accountId: string, cardId: string | undefined): Promise<Home> {
  const card = cardId === undefined ? await firstCard(x, accountId) : await readCard(x, accountId, cardId)
  if (!card) return nobodysHome(x)
  const nowMs = x.clock.now()
  const today = dayOf(nowMs)
  const recent = (await visitsOfPerson(x, card.institution, card.personId)).filter(
    (visit) => visit.state === 'open' || dayOf(visit.startedAt) === today,
  )
  const views = groupBy(
    await paymentViews(
      x,
      card.institution,
      recent.map((visit) => visit.id),
    ),
    (view) => view.visitId,
  )
  const registrations = await registrationsOfPerson(x, card.institution, card.personId)
  const next = [
    ...recent.flatMap((visit) => cardsOf(visit, views.get(visit.id) ?? [])),
    ...registrations.flatMap((one) => cardOf(one, nowMs)),
  ]
  next.sort((a, b) => urgency[a.kind] - urgency[b.kind])
  return { card: card.view, next: next.slice(0, most), nowMs }
}

/** The home page of whoever has no card. */
export function nobodysHome(x: AppContext): Home {
  return { card: null, next: [], nowMs: x.clock.now() }
}

const urgency: Record<NextCard['kind'], number> = {
  registrationUnpaid: 0,
  otherWay: 1,
  registrationDoubt: 2,
  doubt: 3,
  tonight: 4,
  visitOpen: 5,
  registered: 6,
  visitPaid: 7,
}

/** A registration that still asks for something, or that the patient has to go to. */
function cardOf(one: RegistrationBrief, nowMs: number): NextCard[] {
  const { id: registrationId, row, appointment, payUntilMs: untilMs } = one
  const { department, doctor, place, startsAtMs, endsAtMs, amountFen } = appointment
  if (untilMs !== null) return [{ kind: 'registrationUnpaid', registrationId, department, amountFen, untilMs }]
  if (isRegistrationUnderWay(row)) return [{ kind: 'registrationDoubt', registrationId, department, amountFen }]
  const isAhead = (row === 'done' || row === 'doneAtDesk') && one.visitId === null && endsAtMs > nowMs
  return isAhead ? [{ kind: 'registered', registrationId, department, doctor, place, startsAtMs }] : []
}

function cardsOf(visit: VisitRow, views: readonly PaymentView[]): NextCard[] {
  const { id: visitId, department, doctor } = visit
  const cards: NextCard[] = []
  const totals = totalsOf(views.map((view) => view.brief))
  for (const { brief } of views) {
    if (brief.row === 'declined' || brief.row === 'expired') {
      cards.push({ kind: 'otherWay', visitId, paymentId: brief.id, amountFen: brief.amountFen })
    }
    if (brief.row.endsWith('Doubt')) {
      cards.push({ kind: 'doubt', visitId, paymentId: brief.id, amountFen: brief.captureFen })
    }
  }
  const toDeduct = views.filter((view) => view.goal !== 'gone' && willBeDeducted(view.brief.row))
  const first = toDeduct[0]
  if (first) {
    const amountFen = sumFen(toDeduct.map((view) => view.brief.captureFen))
    cards.push({ kind: 'tonight', visitId, amountFen, byMs: deductByMs(first.orderedAtMs) })
  }
  if (visit.state === 'open')
    cards.push({ kind: 'visitOpen', visitId, department, doctor, lockedFen: totals.lockedFen })
  else if (totals.paidFen > 0) cards.push({ kind: 'visitPaid', visitId, department, paidFen: totals.paidFen })
  return cards
}
