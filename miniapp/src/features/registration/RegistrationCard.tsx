import type { RegistrationBrief } from '@paycare/shared/contract'
import type { ReactNode } from 'react'
import { Amount } from '../../ui/Amount'
import { Box } from '../../ui/elements'
import { Press } from '../../ui/Press'
import { Status } from '../../ui/Status'
import { Tag } from '../../ui/Tag'
import './RegistrationCard.scss'
import { registrationCard } from './view'

interface RegistrationCardProps {
  readonly registration: RegistrationBrief
  readonly nowMs: number
  readonly onPress: () => void
}

/** A registration in a list: whom to see, when and where, and how it stands. */
export function RegistrationCard({ registration, nowMs, onPress }: RegistrationCardProps): ReactNode {
  const view = registrationCard(registration, nowMs)
  return (
    <Press kind="bare" className="RegistrationCard" onPress={onPress}>
      <Box className="RegistrationCard__line">
        <Box className="RegistrationCard__title">{view.title}</Box>
        {view.mark === undefined ? null : <Tag text={view.mark} />}
      </Box>
      <Box>{view.at}</Box>
      <Box className="RegistrationCard__place">{view.place}</Box>
      <Box className="RegistrationCard__line">
        <Status {...view.state} />
        <Amount fen={view.fen} end />
      </Box>
    </Press>
  )
}
