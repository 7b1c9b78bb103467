import type { Card as PatientCard } from '@paycare/shared/contract'
import { labels } from '@paycare/shared/text'
import type { ReactNode } from 'react'
import { Card } from '../../ui/Card'
import { Box, Item, List } from '../../ui/elements'
import { Icon } from '../../ui/Icon'
import { Press } from '../../ui/Press'
import './CardPicker.scss'
import { personOf } from './view'

interface CardPickerProps {
  readonly cards: readonly PatientCard[]
  readonly chosenId: string | undefined
  readonly onChoose: (cardId: string) => void
}

/** All persons of this account; the chosen one carries a tick and says so. */
export function CardPicker({ cards, chosenId, onChoose }: CardPickerProps): ReactNode {
  return (
    <Card title={labels.choosePerson}>
      <List className="CardPicker">
        {cards.map((card) => (
          <Item key={card.id}>
            <Press kind="bare" className="CardPicker__row" onPress={() => onChoose(card.id)}>
              <Box className="CardPicker__text">
                <Box className="CardPicker__name">{labels.personLine(personOf(card).name, personOf(card).note)}</Box>
                <Box className="CardPicker__note">
                  {labels.cardLine(personOf(card).cardTail, personOf(card).hospital)}
                </Box>
              </Box>
              {card.id === chosenId ? (
                <Box className="CardPicker__chosen">
                  <Icon name="done" size="small" />
                  {labels.chosen}
                </Box>
              ) : null}
            </Press>
          </Item>
        ))}
      </List>
    </Card>
  )
}
