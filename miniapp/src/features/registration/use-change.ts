import { useQueryClient } from '@tanstack/react-query'
import Taro from '@tarojs/taro'
import type { Keyed } from '../../api/stored-operation'
import { replace } from '../../routes'
import type { Front } from '../live/use-front'
import { registrationSubject, useOperation, type Saying } from './use-operation'

/** A change of a registration that stands: its page shows the answer from the top, or finds out what became of it. */
export function useChange<O extends Keyed>(op: O, registrationId: string, front: Front, close: () => void): Saying<O> {
  const client = useQueryClient()
  return useOperation(op, registrationSubject(registrationId), {
    onDone: () => {
      close()
      front.refocus()
      void Taro.pageScrollTo({ scrollTop: 0, duration: 0 })
    },
    onOpen: (opId) => replace('registration', { registrationId, opId }),
    // What was on screen is no longer so: it is asked for again, and the reason stays in the sheet.
    onRefused: () => void client.invalidateQueries({ queryKey: ['readRegistration'] }),
  })
}
