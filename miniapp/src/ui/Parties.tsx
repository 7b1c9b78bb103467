import { labels } from '@paycare/shared/text'
import type { ReactNode } from 'react'
import { Rows } from './Rows'

interface PartiesProps {
  readonly patient: string
  readonly payer: string
}

/** Who is treated and who pays, in this order on every page about money. */
export function Parties({ patient, payer }: PartiesProps): ReactNode {
  return (
    <Rows
      items={[
        { label: labels.patient, value: patient },
        { label: labels.payer, value: payer },
      ]}
    />
  )
}
