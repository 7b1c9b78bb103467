import type { Checkout } from '@paycare/shared/contract'
import { useState } from 'react'
import { replace } from '../../routes'
import { slotSubject, useOperation, type Doing } from './use-operation'

export interface Registering {
  /** The dialog is open. */
  readonly asked: boolean
  /** The patient said no to “信用就医” for this registration. */
  readonly declined: boolean
  readonly register: Doing
  readonly ask: () => void
  readonly close: () => void
  readonly decline: () => void
  readonly reconsider: () => void
  readonly payWith: (pays: 'credit' | 'desk') => void
}

/** The steps from a checked answer to a registration; its page takes the place of the checkout, so that going back cannot pay again. */
export function useRegistering({ card, appointment }: Checkout, onRefused: () => void): Registering {
  const { slotNo, amountFen } = appointment
  const [step, setStep] = useState({ asked: false, declined: false })
  const register = useOperation('openRegistration', slotSubject(card.id, slotNo), {
    onDone: ({ id }) => replace('registration', { registrationId: id }),
    onOpen: (opId) => replace('registration', { opId }),
    onRefused,
  })
  return {
    ...step,
    register,
    ask: () => setStep({ asked: true, declined: false }),
    close: () => setStep((now) => ({ ...now, asked: false })),
    decline: () => setStep({ asked: false, declined: true }),
    reconsider: () => setStep({ asked: false, declined: false }),
    payWith: (pays) => register.say({ body: { cardId: card.id, slotNo, pays, amountFen } }),
  }
}
