import type { Registration } from '@paycare/shared/contract'
import { registrationTexts } from '@paycare/shared/text'
import { useState, type ReactNode } from 'react'
import { Press } from '../../ui/Press'
import type { Front } from '../live/use-front'
import { ConfirmSheet } from './ConfirmSheet'
import { useChange } from './use-change'
import { cancelMoney } from './view'

interface CancelPartProps {
  readonly registration: Registration
  readonly front: Front
}

/** 退号: what it does to the money, or why it cannot be done here and what can. */
export function CancelPart({ registration, front }: CancelPartProps): ReactNode {
  const [asked, setAsked] = useState(false)
  const close = (): void => setAsked(false)
  const cancel = useChange('cancelRegistration', registration.id, front, close)
  const { canCancel, cancelBlock } = registration
  const why = canCancel ? {} : { disabledReason: cancelBlock?.text ?? registrationTexts.cancelNo }
  return (
    <>
      <Press kind="plain" label={registrationTexts.cancel} onPress={() => setAsked(true)} {...why} />
      <ConfirmSheet
        open={asked}
        title={registrationTexts.cancelTitle}
        registration={registration}
        lines={[cancelMoney(registration), registrationTexts.cancelLoses]}
        confirm={registrationTexts.cancelConfirm}
        keep={registrationTexts.cancelKeep}
        doing={cancel}
        onConfirm={() => cancel.say({ params: { registrationId: registration.id } })}
        onClose={close}
      />
    </>
  )
}
