import { homeTexts } from '@paycare/shared/text'
import type { ReactNode } from 'react'
import { open } from '../../routes'
import { Box } from '../../ui/elements'
import { Icon, type IconName } from '../../ui/Icon'
import { Press } from '../../ui/Press'
import './Entries.scss'

/** The two smaller ways into the app. */
export function Entries(): ReactNode {
  return (
    <Box className="Entries">
      <Entry icon="visits" name={homeTexts.visits} note={homeTexts.visitsNote} onPress={() => open('visits', {})} />
      <Entry
        icon="fees"
        name={homeTexts.fees}
        note={homeTexts.feesNote}
        onPress={() => open('visits', { goal: 'fees' })}
      />
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
