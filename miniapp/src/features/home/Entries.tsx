import { homeTexts, labels, mineTexts } from '@paycare/shared/text'
import type { ReactNode } from 'react'
import { open } from '../../routes'
import { Box } from '../../ui/elements'
import { Icon, type IconName } from '../../ui/Icon'
import { Press } from '../../ui/Press'
import './Entries.scss'

/** The ways into the app beside “信用就医”: registering first, the others two by two. */
export function Entries(): ReactNode {
  return (
    <Box className="Entries">
      <Press kind="bare" className="Entries__wide" onPress={() => open('departments', {})}>
        <Box className="Entries__icon">
          <Icon name="register" size="large" />
        </Box>
        <Box className="Entries__text">
          <Box className="Entries__name">{homeTexts.register}</Box>
          <Box className="Entries__note">{homeTexts.registerNote}</Box>
        </Box>
        <Icon name="forward" />
      </Press>
      <Entry icon="visits" name={homeTexts.visits} note={homeTexts.visitsNote} onPress={() => open('visits', {})} />
      <Entry
        icon="fees"
        name={homeTexts.fees}
        note={homeTexts.feesNote}
        onPress={() => open('visits', { goal: 'fees' })}
      />
      <Entry icon="card" name={mineTexts.cards} note={homeTexts.cardsNote} onPress={() => open('cards', {})} />
      <Entry icon="help" name={labels.help} note={mineTexts.helpNote} onPress={() => open('help', {})} />
    </Box>
  )
}

interface EntryProps {
  readonly icon: IconName
  readonly name: string
  readonly note: string
  readonly onPress: () => void
}

function Entry({ icon, name, note, onPress }: EntryProps): ReactNode {
  return (
    <Press kind="bare" className="Entries__entry" onPress={onPress}>
      <Box className="Entries__icon">
        <Icon name={icon} />
      </Box>
      <Box className="Entries__name">{name}</Box>
      <Box className="Entries__note">{note}</Box>
    </Press>
  )
}
