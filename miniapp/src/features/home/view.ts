import type { Home, NextCard } from '@paycare/shared/contract'
import { formatInstant } from '@paycare/shared/rules'
import { homeTexts, labels, registrationNextTexts, type Face } from '@paycare/shared/text'

export interface NextView {
  readonly key: string
  readonly face: Face
  readonly title: string
  readonly note: string
  readonly fen: number | null
  readonly leadsTo:
    | { readonly page: 'visit'; readonly visitId: string }
    | { readonly page: 'payment'; readonly paymentId: string }
    | { readonly page: 'registration'; readonly registrationId: string }
}

/** The cards of the home page in the server's order. */
export function nextViews({ next, nowMs }: Home): NextView[] {
  return next.map((card) => ({ key: keyOf(card), ...viewOf(card, nowMs) }))
}

function keyOf(card: NextCard): string {
  if ('registrationId' in card) return `${card.kind} ${card.registrationId}`
  return `${card.kind} ${'paymentId' in card ? card.paymentId : card.visitId}`
}

function viewOf(card: NextCard, nowMs: number): Omit<NextView, 'key'> {
  const texts = homeTexts.cards
  switch (card.kind) {
    case 'doubt':
      return {
        face: 'waiting',
        ...texts.doubt,
        fen: card.amountFen,
        leadsTo: { page: 'payment', paymentId: card.paymentId },
      }
    case 'otherWay':
      return {
        face: 'yourTurn',
        ...texts.otherWay,
        fen: card.amountFen,
        leadsTo: { page: 'payment', paymentId: card.paymentId },
      }
    case 'registrationDoubt':
    case 'registrationUnpaid':
    case 'registered':
      return registrationView(card, nowMs)
    case 'visitOpen':
      return {
        face: 'waiting',
        title: card.lockedFen > 0 ? texts.visitOpen.locked : texts.visitOpen.title,
        note: labels.whereAndWho(card.department, card.doctor),
        fen: card.lockedFen > 0 ? card.lockedFen : null,
        leadsTo: visit(card.visitId),
      }
    case 'tonight':
      return {
        face: 'waiting',
        title: texts.tonight.title,
        note: texts.tonight.note(formatInstant(card.byMs, nowMs)),
        fen: card.amountFen,
        leadsTo: visit(card.visitId),
      }
    case 'visitPaid':
      return {
        face: 'done',
        title: texts.visitPaid.title,
        note: card.department,
        fen: card.paidFen,
        leadsTo: visit(card.visitId),
      }
  }
}

type RegistrationCard = Extract<NextCard, { registrationId: string }>

function registrationView(card: RegistrationCard, nowMs: number): Omit<NextView, 'key'> {
  const texts = registrationNextTexts
  const leadsTo = { page: 'registration', registrationId: card.registrationId } as const
  switch (card.kind) {
    case 'registrationDoubt':
      return { face: 'waiting', ...texts.registrationDoubt, fen: card.amountFen, leadsTo }
    case 'registrationUnpaid': {
      const { title, note } = texts.registrationUnpaid
      const until = formatInstant(card.untilMs, nowMs)
      return { face: 'yourTurn', title, note: note(card.department, until), fen: card.amountFen, leadsTo }
    }
    case 'registered': {
      const title = texts.registered.title(formatInstant(card.startsAtMs, nowMs), card.department)
      return { face: 'done', title, note: texts.registered.note(card.doctor, card.place), fen: null, leadsTo }
    }
  }
}

const visit = (visitId: string): NextView['leadsTo'] => ({ page: 'visit', visitId })

/** Whether something on the home page can change without the patient. */
export const homeIsLive = (home: Home): boolean =>
  home.next.some((card) => card.kind === 'doubt' || card.kind === 'registrationDoubt')
