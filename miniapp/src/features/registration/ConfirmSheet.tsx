import type { Registration } from '@paycare/shared/contract'
import { registrationTexts } from '@paycare/shared/text'
import type { ReactNode } from 'react'
import { Box } from '../../ui/elements'
import { Parties } from '../../ui/Parties'
import { Press } from '../../ui/Press'
import { Rows } from '../../ui/Rows'
import { Sheet } from '../../ui/Sheet'
import { patientLine } from '../cards/view'
import './ConfirmSheet.scss'
import type { Doing } from './use-operation'
import { payerOf, subjectRows } from './view'

interface ConfirmSheetProps {
  readonly open: boolean
  readonly title: string
  readonly registration: Registration
  /** What happens, to the money first. */
  readonly lines: readonly string[]
  readonly confirm: string
  readonly keep: string
  readonly doing: Doing
  readonly onConfirm: () => void
  readonly onClose: () => void
}

/** A step back from a registration: what it means before it is confirmed. */
export function ConfirmSheet(props: ConfirmSheetProps): ReactNode {
  const { open, title, registration, lines, confirm, keep, doing, onConfirm, onClose } = props
  return (
    <Sheet
      title={title}
      open={open}
      onClose={onClose}
      footer={
        <>
          <Box announced className="ConfirmSheet__notice">
            {doing.notice}
          </Box>
          <Press
            kind="primary"
            label={doing.busy ? registrationTexts.submitting : confirm}
            busy={doing.busy}
            onPress={onConfirm}
          />
          <Press kind="plain" label={keep} busy={doing.busy} onPress={onClose} />
        </>
      }
    >
      {lines
        .filter((line) => line !== '')
        .map((line) => (
          <Box key={line}>{line}</Box>
        ))}
      <Box>
        <Parties patient={patientLine(registration.card)} payer={payerOf(registration)} />
        <Rows items={subjectRows(registration)} />
      </Box>
    </Sheet>
  )
}
