import { labels } from '@paycare/shared/text'
import type { CSSProperties, ReactNode } from 'react'
import { Amount } from './Amount'
import { Box, Definition, Definitions, Term } from './elements'
import './QuotaRing.scss'

interface QuotaRingProps {
  readonly lockedFen: number
  readonly paidFen: number
  readonly refundedFen: number
}

/** What one hospital did with a quota. The three rows say it all; the ring beside them only shows the proportions. */
export function QuotaRing({ lockedFen, paidFen, refundedFen }: QuotaRingProps): ReactNode {
  const totalFen = lockedFen + paidFen + refundedFen
  const share = (fen: number): string => (totalFen === 0 ? '0%' : `${(fen / totalFen) * 100}%`)
  const ends = { '--locked': share(lockedFen), '--paid': share(lockedFen + paidFen) } as CSSProperties
  return (
    <Box className="QuotaRing">
      <Box decorative className={`QuotaRing__ring ${totalFen === 0 ? 'QuotaRing__ring--empty' : ''}`} style={ends}>
        <Box className="QuotaRing__hole" />
      </Box>
      <Definitions className="QuotaRing__rows">
        <QuotaRow kind="locked" label={labels.locked} fen={lockedFen} />
        <QuotaRow kind="paid" label={labels.paid} fen={paidFen} />
        <QuotaRow kind="refunded" label={labels.refunded} fen={refundedFen} />
      </Definitions>
    </Box>
  )
}

interface QuotaRowProps {
  readonly kind: 'locked' | 'paid' | 'refunded'
  readonly label: string
  readonly fen: number
}

function QuotaRow({ kind, label, fen }: QuotaRowProps): ReactNode {
  return (
    <Box className="QuotaRing__row">
      <Term className={`QuotaRing__label QuotaRing__label--${kind}`}>{label}</Term>
      <Definition className="QuotaRing__amount">
        <Amount fen={fen} end />
      </Definition>
    </Box>
  )
}
