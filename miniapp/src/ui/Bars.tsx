import type { ReactNode } from 'react'
import { Amount } from './Amount'
import { Box, Item, List } from './elements'
import { Icon } from './Icon'
import { Press } from './Press'
import './Bars.scss'

export interface Bar {
  readonly key: string
  readonly label: string
  readonly fen: number
  readonly note?: string
  readonly tone?: 'brand' | 'warn' | 'edge'
}

interface BarsProps {
  readonly rows: readonly Bar[]
  /** What the longest possible bar stands for. */
  readonly totalFen: number
  readonly total?: { readonly label: string; readonly fen: number }
  readonly onOpen?: (key: string) => void
}

/** Amounts side by side. The list is the chart: each row says its name and amount, and the bar under it is only its length. */
export function Bars({ rows, totalFen, total, onOpen }: BarsProps): ReactNode {
  return (
    <>
      <List className="Bars">
        {rows.map((row) => (
          <Item key={row.key} className="Bars__row">
            {onOpen ? (
              <Press kind="bare" className="Bars__press" onPress={() => onOpen(row.key)}>
                <Box className="Bars__body">
                  <BarBody row={row} totalFen={totalFen} />
                </Box>
                <Icon name="forward" size="small" />
              </Press>
            ) : (
              <BarBody row={row} totalFen={totalFen} />
            )}
          </Item>
        ))}
      </List>
      {total ? (
        <Box className="Bars__total">
          <Box>{total.label}</Box>
          <Amount fen={total.fen} size="title" end />
        </Box>
      ) : null}
    </>
  )
}

function BarBody({ row, totalFen }: { readonly row: Bar; readonly totalFen: number }): ReactNode {
  const share = totalFen === 0 ? 0 : Math.min(1, row.fen / totalFen)
  return (
    <>
      <Box className="Bars__line">
        <Box className="Bars__label">{row.label}</Box>
        <Amount fen={row.fen} end />
      </Box>
      {row.note === undefined ? null : <Box className="Bars__note">{row.note}</Box>}
      <Box decorative className="Bars__track">
        {share > 0 ? (
          <Box className={`Bars__bar Bars__bar--${row.tone ?? 'brand'}`} style={{ width: `${share * 100}%` }} />
        ) : null}
      </Box>
    </>
  )
}
