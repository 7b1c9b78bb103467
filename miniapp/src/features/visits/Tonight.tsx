import type { VisitDetail } from '@paycare/shared/contract'
import { formatInstant } from '@paycare/shared/rules'
import { visitsTexts } from '@paycare/shared/text'
import type { ReactNode } from 'react'
import { Amount } from '../../ui/Amount'
import { Box, Heading, Section } from '../../ui/elements'
import './Tonight.scss'

interface TonightProps {
  readonly tonight: NonNullable<VisitDetail['tonight']>
  readonly nowMs: number
}

/** What will be deducted if nothing changes, and until when at the latest. */
export function Tonight({ tonight, nowMs }: TonightProps): ReactNode {
  return (
    <Section className="Tonight">
      <Heading level={2} className="Tonight__title">
        {visitsTexts.tonight}
      </Heading>
      <Amount fen={tonight.amountFen} size="large" />
      <Box className="Tonight__by">{visitsTexts.tonightBy(formatInstant(tonight.byMs, nowMs))}</Box>
      <Box className="Tonight__note">{visitsTexts.tonightNote}</Box>
    </Section>
  )
}
