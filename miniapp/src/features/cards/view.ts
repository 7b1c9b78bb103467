import type { Card } from '@paycare/shared/contract'
import { labels } from '@paycare/shared/text'
import type { PersonView } from '../../ui/PersonBar'

/** A card as the bar on top of a page shows it. */
export function personOf(card: Card): PersonView {
  return {
    name: card.name,
    note: labels.personNote(labels.relation[card.relation], card.age),
    hospital: card.institution.name,
    cardTail: labels.cardTail(card.patientNoTail),
  }
}

/** The patient in a row about money. */
export function patientLine(card: Card): string {
  return labels.patientLine(card.name, labels.relation[card.relation], card.patientNoTail)
}
