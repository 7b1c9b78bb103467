import { mineTexts } from '@paycare/shared/text'
import type { ReactNode } from 'react'
import { NoCard } from '../../features/cards/NoCard'
import { useChosenCard } from '../../features/cards/queries'
import { HospitalCard } from '../../features/home/HospitalCard'
import { useFront } from '../../features/live/use-front'
import { AppPage } from '../../features/shell/AppPage'
import { open } from '../../routes'
import { Card } from '../../ui/Card'
import { Menu, type MenuItem } from '../../ui/Menu'
import { Slot } from '../../ui/Slot'

const items: readonly MenuItem[] = [
  { key: 'cards', icon: 'card', label: mineTexts.cards, note: mineTexts.cardsNote, onPress: () => open('cards', {}) },
  {
    key: 'consents',
    icon: 'consent',
    label: mineTexts.consents,
    note: mineTexts.consentsNote,
    onPress: () => open('consents', {}),
  },
  {
    key: 'settings',
    icon: 'settings',
    label: mineTexts.settings,
    note: mineTexts.settingsNote,
    onPress: () => open('settings', {}),
  },
  { key: 'help', icon: 'help', label: mineTexts.help, note: mineTexts.helpNote, onPress: () => open('help', {}) },
]

/** The account: its patients, its agreements, its settings, and who helps. */
export default function MinePage(): ReactNode {
  const front = useFront()
  const { session, card } = useChosenCard()
  return (
    <AppPage title={mineTexts.title} front={front} card={card} tab="mine">
      {card === null ? (
        <Slot query={session} height={0}>
          {() => <NoCard />}
        </Slot>
      ) : null}
      <Card>
        <Menu items={items} />
      </Card>
      {card ? <HospitalCard institution={card.institution} /> : null}
    </AppPage>
  )
}
