import type { Consent } from '@paycare/shared/contract'
import { consentsTexts, creditTexts, failureTexts } from '@paycare/shared/text'
import { useState, type ReactNode } from 'react'
import { Card } from '../../ui/Card'
import { Box } from '../../ui/elements'
import { Press } from '../../ui/Press'
import { Rows } from '../../ui/Rows'
import { StateView } from '../../ui/StateView'
import { Status } from '../../ui/Status'
import './ConsentCard.scss'
import { useWithdraw } from './actions'
import { consentView } from './view'

interface ConsentCardProps {
  readonly consent: Consent
  readonly nowMs: number
  /** The content has changed under the finger: the focus goes to the heading. */
  readonly onChange: () => void
}

/** One agreement, to be read again and to be withdrawn after a second question. */
export function ConsentCard({ consent, nowMs, onChange }: ConsentCardProps): ReactNode {
  const [reading, setReading] = useState(false)
  const [leaving, setLeaving] = useState(false)
  const view = consentView(consent, nowMs)
  const ask = (yes: boolean): void => {
    setLeaving(yes)
    onChange()
  }
  if (leaving && view.canWithdraw) return <Withdraw consent={consent} onChange={onChange} onKeep={() => ask(false)} />
  return (
    <Card title={view.title}>
      <Status {...view.status} />
      <Rows items={view.rows} />
      {reading ? <Rows items={creditTexts.consent} stacked /> : null}
      <Box className="ConsentCard__ways">
        <Press
          kind="plain"
          label={reading ? consentsTexts.hide : consentsTexts.read}
          expanded={reading}
          onPress={() => setReading(!reading)}
        />
        {view.canWithdraw ? <Press kind="plain" label={consentsTexts.withdraw} onPress={() => ask(true)} /> : null}
      </Box>
    </Card>
  )
}

interface WithdrawProps {
  readonly consent: Consent
  readonly onChange: () => void
  readonly onKeep: () => void
}

function Withdraw({ consent, onChange, onKeep }: WithdrawProps): ReactNode {
  const withdraw = useWithdraw(onChange)
  return (
    <StateView
      face="yourTurn"
      title={consentsTexts.confirmTitle}
      money={consentsTexts.confirmMoney}
      next={consentsTexts.confirmNext}
      waiting={withdraw.error ? failureTexts.inline(withdraw.error.kind, withdraw.error.text) : ''}
      action={{
        label: withdraw.isPending ? consentsTexts.withdrawing : consentsTexts.confirm,
        onPress: () => withdraw.mutate(consent.id),
        busy: withdraw.isPending,
      }}
      second={{ label: consentsTexts.keep, onPress: onKeep }}
    />
  )
}
