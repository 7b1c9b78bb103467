import { formatFen, spokenFen } from '@paycare/shared/rules'
import type { ReactNode } from 'react'
import { Spoken } from './elements'
import './Amount.scss'

interface AmountProps {
  readonly fen: number
  readonly size?: 'body' | 'title' | 'large'
  /** Keeps the right edge of a line that it shares. */
  readonly end?: boolean
}

/** Money, always whole: it never breaks or shortens, and reads aloud as “412 元 6 角”. */
export function Amount({ fen, size = 'body', end = false }: AmountProps): ReactNode {
  return (
    <Spoken
      className={`Amount Amount--${size} ${end ? 'Amount--end' : ''}`}
      shown={formatFen(fen)}
      spoken={spokenFen(fen)}
    />
  )
}
