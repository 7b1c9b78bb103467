import type { Registration } from '@paycare/shared/contract'
import { registrationTexts } from '@paycare/shared/text'
import type { ReactNode } from 'react'
import { ConfirmSheet } from './ConfirmSheet'
import { giveUpMoney } from './view'
import type { Doing } from './use-operation'

interface GiveUpSheetProps {
  readonly open: boolean
  readonly registration: Registration
  readonly doing: Doing
  readonly onConfirm: () => void
  readonly onClose: () => void
}

/** What giving up “信用就医” means for the fee and for what follows. */
export function GiveUpSheet({ open, registration, doing, onConfirm, onClose }: GiveUpSheetProps): ReactNode {
  return (
    <ConfirmSheet
      open={open}
      title={registrationTexts.giveUpTitle}
      registration={registration}
      lines={[giveUpMoney(registration), registrationTexts.giveUpLater]}
      confirm={registrationTexts.giveUpConfirm}
      keep={registrationTexts.giveUpKeep}
      doing={doing}
      onConfirm={onConfirm}
      onClose={onClose}
    />
  )
}
