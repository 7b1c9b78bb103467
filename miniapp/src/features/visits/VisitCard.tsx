import type { VisitBrief } from '@paycare/shared/contract'
import type { ReactNode } from 'react'
import { Amount } from '../../ui/Amount'
import { Box } from '../../ui/elements'
import { Press } from '../../ui/Press'
import { Status } from '../../ui/Status'
import { Tag } from '../../ui/Tag'
import { noOrders, visitCard } from './view'
import './VisitCard.scss'

interface VisitCardProps {
  readonly visit: VisitBrief
  readonly nowMs: number
  readonly onPress: () => void
}

/** A visit in the list: where, when, how it is paid, and its amounts. */
export function VisitCard({ visit, nowMs, onPress }: VisitCardProps): ReactNode {
  const view = visitCard(visit, nowMs)
  return (
    <Press kind="bare" className="VisitCard" onPress={onPress}>
      <Box className="VisitCard__head">
        <Box className="VisitCard__title">{view.title}</Box>
        <Tag text={view.mark} strong={visit.inUse} />
      </Box>
      <Box className="VisitCard__meta">
        <Box>{view.at}</Box>
        <Status {...view.state} />
      </Box>
      {view.amounts.length === 0 ? (
        <Box className="VisitCard__none">{noOrders(visit)}</Box>
      ) : (
        <Box className="VisitCard__amounts">
          {view.amounts.map((amount) => (
            <Box key={amount.key} className="VisitCard__amount">
              <Box className="VisitCard__label">{amount.label}</Box>
              <Amount fen={amount.fen} />
            </Box>
          ))}
        </Box>
      )}
    </Press>
  )
}
