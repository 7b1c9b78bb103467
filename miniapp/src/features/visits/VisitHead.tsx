import type { VisitBrief } from '@paycare/shared/contract'
import { formatInstant } from '@paycare/shared/rules'
import { labels, visitsTexts } from '@paycare/shared/text'
import type { ReactNode } from 'react'
import { Card } from '../../ui/Card'
import { Box, Heading } from '../../ui/elements'
import { Rows, type Row } from '../../ui/Rows'
import { Status } from '../../ui/Status'
import { Tag } from '../../ui/Tag'
import { markOf, visitState } from './view'
import './VisitHead.scss'

interface VisitHeadProps {
  readonly visit: VisitBrief
  readonly finishedAtMs: number | null
  readonly nowMs: number
}

/** Where, with whom and when, and the mark of how it is paid. */
export function VisitHead({ visit, finishedAtMs, nowMs }: VisitHeadProps): ReactNode {
  const times: Row[] = [{ label: labels.visitTime, value: formatInstant(visit.startedAtMs, nowMs) }]
  if (finishedAtMs !== null) times.push({ label: visitsTexts.finishedAt, value: formatInstant(finishedAtMs, nowMs) })
  return (
    <Card>
      <Box className="VisitHead">
        <Heading level={2} className="VisitHead__title">
          {visit.department}
        </Heading>
        <Tag text={markOf(visit)} strong={visit.inUse} />
      </Box>
      <Box className="VisitHead__sub">
        <Box>{visit.doctor}</Box>
        <Status {...visitState(visit)} />
      </Box>
      <Rows items={times} />
    </Card>
  )
}
