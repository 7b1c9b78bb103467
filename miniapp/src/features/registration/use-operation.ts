import type { Registration } from '@paycare/shared/contract'
import { registrationTexts } from '@paycare/shared/text'
import { useRef, useState } from 'react'
import { operations } from '../../api/operation'
import type { Ran } from '../../api/run-operation'
import type { Keyed, Said } from '../../api/stored-operation'
import { useKeep } from './queries'

/** The subject of an operation about one slot: a second try goes to the first one's result. */
export const slotSubject = (cardId: string, slotNo: string): string => `slot ${slotNo} ${cardId}`
export const registrationSubject = (registrationId: string): string => `registration ${registrationId}`

interface OperationEnds {
  readonly onDone: (registration: Registration) => void
  /** Nobody knows what became of it; the status page finds out by this number. */
  readonly onOpen: (opId: string) => void
  readonly onRefused?: () => void
}

export interface Doing {
  readonly busy: boolean
  /** Why nothing happened, for the patient. */
  readonly notice: string
}

export interface Saying<O extends Keyed> extends Doing {
  readonly say: (said: Said<O>) => void
}

/** Says one thing about money to the server, once: a second press while the first is under way does nothing. */
export function useOperation<O extends Keyed>(op: O, subject: string, ends: OperationEnds): Saying<O> {
  const keep = useKeep()
  const underWay = useRef(false)
  const [state, setState] = useState({ busy: false, notice: '' })
  const end = (ran: Ran<Registration>): void => {
    underWay.current = false
    setState({ busy: false, notice: noticeOf(ran) })
    if (ran.is === 'open') ends.onOpen(ran.opId)
    if (ran.is === 'refused') ends.onRefused?.()
    if (ran.is !== 'done') return
    keep(ran.answer)
    ends.onDone(ran.answer)
  }
  const say = (said: Said<O>): void => {
    if (underWay.current) return
    underWay.current = true
    setState({ busy: true, notice: '' })
    void operations.run(op, subject, said).then(end)
  }
  return { ...state, say }
}

function noticeOf(ran: Ran<unknown>): string {
  if (ran.is === 'offline') return registrationTexts.notSent
  return ran.is === 'refused' ? ran.failure.text : ''
}
