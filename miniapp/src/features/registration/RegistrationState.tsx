import type { Registration } from '@paycare/shared/contract'
import { labels, registrationTexts } from '@paycare/shared/text'
import type { ReactNode } from 'react'
import type { Read } from '../../api/use-read'
import { openDesk } from '../../platform/pay'
import { open, replace } from '../../routes'
import { StateView } from '../../ui/StateView'
import { useAfter } from '../../ui/use-after'
import { payLabel } from './checkout'
import { isAwaiting, isOver, registrationState } from './view'

interface RegistrationStateProps {
  readonly registration: Registration
  readonly read: Read<Registration>
  readonly inFront: boolean
}

interface Button {
  readonly label: string
  readonly onPress: () => void
  readonly busy?: boolean
}

/** The state of a registration; while an answer is missing, its words change at 3 and at 10 seconds. */
export function RegistrationState({ registration, read, inFront }: RegistrationStateProps): ReactNode {
  const text = registrationState(registration)
  const awaiting = isAwaiting(registration)
  const passed = useAfter(awaiting && inFront, [3000, 10_000])
  const waiting = !awaiting || passed === 0 ? '' : passed === 1 ? registrationTexts.slow : registrationTexts.leave
  const [action, second] = buttonsOf(registration, read)
  // Where nothing is paid nor to be paid, a large amount would look like a payment.
  const amount = isOver(registration) ? {} : { amountFen: registration.appointment.amountFen }
  return <StateView {...text} {...amount} waiting={waiting} action={action} second={second} />
}

/** What can be done in this state, the likely thing first. */
function buttonsOf(registration: Registration, read: Read<Registration>): [Button | undefined, Button | undefined] {
  const { visitId, departmentNo } = registration
  const { does, label } = registrationState(registration).action
  const ask: Button = { label: read.asking ? labels.asking : labels.askAgain, onPress: read.retry }
  switch (does) {
    case 'payOtherWay':
      return [desk(registration), ask]
    case 'chooseAgain':
      return [{ label, onPress: () => replace('doctor', { departmentNo }) }, undefined]
    case 'goHome':
      return [
        visitId === null ? undefined : { label: labels.openVisit, onPress: () => open('visit', { visitId }) },
        undefined,
      ]
    default:
      return [ask, undefined]
  }
}

/** Opens the hospital's own payment page; until that is there, the button says so. */
function desk({ desk, card, appointment }: Registration): Button {
  return desk === null
    ? { label: registrationTexts.deskOpening, onPress: () => undefined, busy: true }
    : { label: payLabel(card, appointment.amountFen), onPress: () => openDesk(desk.url) }
}
