import type { Card as PatientCard, JumpPurpose } from '@paycare/shared/contract'
import { failureTexts, jumpPurposes, jumpTexts, labels } from '@paycare/shared/text'
import type { ReactNode } from 'react'
import type { Place } from '../../routes'
import { Card } from '../../ui/Card'
import { Box } from '../../ui/elements'
import { Press } from '../../ui/Press'
import { Rows } from '../../ui/Rows'
import { patientLine } from '../cards/view'
import type { Front } from '../live/use-front'
import './JumpCard.scss'
import { useJump } from './use-jump'
import type { Launching } from './use-launch'

interface JumpCardProps {
  readonly card: PatientCard
  readonly purpose: JumpPurpose
  readonly front: Front
  readonly launching: Launching
  readonly after: Place
}

/** What is sent to the bank, for whom and why; one button, which does nothing but leave. */
export function JumpCard({ card, purpose, front, launching, after }: JumpCardProps): ReactNode {
  const { outcome, go } = useJump(front, after)
  const { isReady, take, failure, retry } = launching
  const { rows } = jumpTexts
  const leave = (): void => {
    const launch = take()
    if (launch) go(launch)
  }
  const said = outcome === 'cancelled' || outcome === 'failed' ? jumpTexts[outcome] : ''
  return (
    <Card title={jumpTexts.heading}>
      <Rows
        items={[
          { label: rows.patient, value: patientLine(card) },
          { label: rows.sent, value: jumpTexts.sent },
          { label: rows.recipient, value: jumpTexts.recipient },
          { label: rows.purpose, value: jumpPurposes[purpose].purpose },
          { label: rows.how, value: jumpTexts.how },
        ]}
        stacked
      />
      <Box className="JumpCard__back">{jumpTexts.back}</Box>
      <Box announced className="JumpCard__said">
        {failure ? failureTexts.inline(failure.kind, failure.text) : said}
      </Box>
      {isReady ? (
        <Press kind="primary" label={jumpTexts.go} onPress={leave} />
      ) : failure ? (
        <Press kind="plain" label={labels.retry} onPress={retry} />
      ) : (
        <Press
          kind="primary"
          label={jumpTexts.preparing}
          onPress={() => undefined}
          disabledReason={jumpTexts.preparingWhy}
        />
      )}
    </Card>
  )
}
