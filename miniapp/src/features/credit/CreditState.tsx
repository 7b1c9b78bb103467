import type { CreditStatus } from '@paycare/shared/contract'
import { creditTexts, labels, renderState } from '@paycare/shared/text'
import type { ReactNode } from 'react'
import type { Read } from '../../api/use-read'
import { open } from '../../routes'
import { Bars } from '../../ui/Bars'
import { Card } from '../../ui/Card'
import { Box } from '../../ui/elements'
import { Rows } from '../../ui/Rows'
import { StateView } from '../../ui/StateView'
import './CreditState.scss'
import { agreementRows, creditRow, usageBars } from './view'

interface CreditStateProps {
  readonly status: CreditStatus
  readonly read: Read<unknown>
  readonly nowMs: number
  readonly phone: string
}

/** The sign-up as the bank says it now, its use at this hospital, and the next step. */
export function CreditState({ status, read, nowMs, phone }: CreditStateProps): ReactNode {
  const text = renderState('credit', creditRow(status), { phone })
  const usage = usageBars(status)
  const rows = agreementRows(status, nowMs)
  const ask = { label: read.asking ? labels.asking : creditTexts.askAgain, onPress: read.retry, busy: read.asking }
  const visits = { label: text.action.label, onPress: () => open('visits', {}) }
  const asks = text.action.does === 'askAgain'
  return (
    <>
      <StateView {...text} action={asks ? ask : visits} second={asks ? undefined : ask} />
      {usage.totalFen === 0 ? null : (
        <Card title={creditTexts.usageHeading}>
          <Bars rows={usage.rows} totalFen={usage.totalFen} />
          <Box className="CreditState__note">{creditTexts.usageNote}</Box>
        </Card>
      )}
      {rows.length === 0 ? null : (
        <Card title={creditTexts.agreementHeading}>
          <Rows items={rows} />
        </Card>
      )}
    </>
  )
}
