import { labels } from '@paycare/shared/text'
import type { ReactNode } from 'react'
import { Box, Inline } from './elements'
import { Icon } from './Icon'
import { Press } from './Press'
import './PersonBar.scss'

export interface PersonView {
  readonly name: string
  /** “本人 · 68 岁”. */
  readonly note: string
  readonly hospital: string
  readonly cardTail: string
}

interface PersonBarProps {
  readonly person: PersonView
  /** Without the hospital, which the first page names. */
  readonly compact: boolean
  readonly onSwitch?: (() => void) | undefined
}

/** Whose visits and payments the page shows. */
export function PersonBar({ person, compact, onSwitch }: PersonBarProps): ReactNode {
  return (
    <Box className={`PersonBar ${compact ? 'PersonBar--compact' : ''}`}>
      <Box className="PersonBar__face">
        <Icon name="person" />
      </Box>
      <Box className="PersonBar__text">
        <Box className="PersonBar__who">
          <Inline className="PersonBar__name">{person.name}</Inline>
          <Inline className="PersonBar__note">{person.note}</Inline>
        </Box>
        <Box className="PersonBar__card">{person.cardTail}</Box>
        {compact ? null : <Box className="PersonBar__card">{person.hospital}</Box>}
      </Box>
      {onSwitch ? (
        <Press kind="quiet" className="PersonBar__switch" label={labels.switchPerson} onPress={onSwitch} />
      ) : null}
    </Box>
  )
}
