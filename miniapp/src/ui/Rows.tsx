import type { ReactNode } from 'react'
import { Box, Definition, Definitions, Term } from './elements'
import './Rows.scss'

export interface Row {
  readonly label: string
  readonly value: ReactNode
}

interface RowsProps {
  readonly items: readonly Row[]
  /** Values are sentences: each stands under its label. */
  readonly stacked?: boolean
}

/** Details as label and value; a value too long for its line goes under the label. */
export function Rows({ items, stacked = false }: RowsProps): ReactNode {
  return (
    <Definitions className={stacked ? 'Rows Rows--stacked' : 'Rows'}>
      {items.map((item) => (
        <Box key={item.label} className="Rows__row">
          <Term className="Rows__label">{item.label}</Term>
          <Definition className="Rows__value">{item.value}</Definition>
        </Box>
      ))}
    </Definitions>
  )
}
