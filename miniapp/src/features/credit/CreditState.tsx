import type { CreditStatus } from '@paycare/shared/contract'
import { creditStates, creditTexts, labels, renderState, type RenderedState } from '@paycare/shared/text'
import type { ReactNode } from 'react'
import type { Read } from '../../api/use-read'
import { open } from '../../routes'
import { Amount } from '../../ui/Amount'
import { Card } from '../../ui/Card'
import { Box } from '../../ui/elements'
import { Menu } from '../../ui/Menu'
import { QuotaRing } from '../../ui/QuotaRing'
import { Rows } from '../../ui/Rows'
import { StateView } from '../../ui/StateView'
import './CreditState.scss'
import { creditRow } from './row'
import { agreementRows, available, bankActions, usageParts } from './view'

interface CreditStateProps {
  readonly status: CreditStatus
  readonly read: Read<unknown>
  readonly nowMs: number
  readonly phone: string
}

/** The sign-up as the bank says it now, its use at this hospital, and the next step. */
export function CreditState({ status, read, nowMs, phone }: CreditStateProps): ReactNode {
  const row = creditRow(status)
  const text = renderState(creditStates[row], { phone })
  const rows = agreementRows(status, nowMs)
  const actions = bankActions(row)
  const ask = { label: read.asking ? labels.asking : creditTexts.askAgain, onPress: read.retry, busy: read.asking }
  const press = pressOf(text)
  return (
    <>
      <StateView
        {...text}
        action={press ? { label: text.action.label, onPress: press } : ask}
        second={press ? ask : undefined}
      />
      {status.role === 'family' ? null : <Usage status={status} nowMs={nowMs} />}
      {actions.length === 0 ? null : (
        <Card title={creditTexts.bankHeading}>
          <Menu
            items={actions.map(({ purpose, label, note }) => ({
              key: purpose,
              icon: 'leave',
              label,
              note,
              onPress: () => open('creditJump', { purpose }),
            }))}
          />
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

/** What the state's own button does; undefined when it only asks again. */
function pressOf({ action: { does } }: RenderedState): (() => void) | undefined {
  if (does === 'openVisits') return () => open('visits', {})
  if (does === 'sign' || does === 'detail' || does === 'repay') return () => open('creditJump', { purpose: does })
  return undefined
}

function Usage({ status, nowMs }: { readonly status: CreditStatus; readonly nowMs: number }): ReactNode {
  const parts = usageParts(status)
  const bank = available(status, nowMs)
  if (parts.lockedFen + parts.paidFen + parts.refundedFen === 0 && !bank) return null
  return (
    <Card title={creditTexts.usageHeading}>
      <QuotaRing {...parts} />
      <Box className="CreditState__note">{creditTexts.usageNote}</Box>
      {bank ? <Rows items={[{ label: bank.label, value: <Amount fen={bank.fen} /> }]} /> : null}
    </Card>
  )
}
