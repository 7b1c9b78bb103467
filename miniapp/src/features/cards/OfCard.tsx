import type { Card, Session } from '@paycare/shared/contract'
import type { ReactNode } from 'react'
import type { Read } from '../../api/use-read'
import { Slot } from '../../ui/Slot'
import { NoCard } from './NoCard'

interface OfCardProps {
  readonly session: Read<Session>
  readonly card: Card | undefined | null
  readonly children: ReactNode
}

/** Content that needs a patient card; without one it says why there is none. */
export function OfCard({ session, card, children }: OfCardProps): ReactNode {
  if (card !== null) return children
  return (
    <Slot query={session} height={0}>
      {() => <NoCard />}
    </Slot>
  )
}
