import type { Checkout } from '@paycare/shared/contract'
import { checkoutTexts } from '@paycare/shared/text'
import { useEffect, type ReactNode } from 'react'
import { replace } from '../../routes'
import { Slot } from '../../ui/Slot'
import { StateView } from '../../ui/StateView'
import type { Front } from '../live/use-front'
import { useRegistrations } from './queries'
import { isOver } from './view'

interface SlotGoneProps {
  readonly checkout: Checkout
  readonly front: Front
}

/** A slot that is not free any more: the patient's own registration, which is opened, or somebody else's, who was faster. */
export function SlotGone({ checkout: { card, appointment, departmentNo }, front }: SlotGoneProps): ReactNode {
  const read = useRegistrations(card.id, front)
  const mine = read.data?.registrations.find((one) => one.appointment.slotNo === appointment.slotNo && !isOver(one))
  const registrationId = mine?.id
  const { refocus } = front
  useEffect(() => {
    if (registrationId !== undefined) replace('registration', { registrationId })
    else refocus()
  }, [registrationId, refocus])
  return (
    <Slot query={read} height={240}>
      {() =>
        mine ? null : (
          <StateView
            face="notPaid"
            title={checkoutTexts.goneTitle}
            money={checkoutTexts.goneMoney}
            next={checkoutTexts.goneNext}
            action={{ label: checkoutTexts.chooseAgain, onPress: () => replace('doctor', { departmentNo }) }}
          />
        )
      }
    </Slot>
  )
}
