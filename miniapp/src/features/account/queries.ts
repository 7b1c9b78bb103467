import type { Consents } from '@paycare/shared/contract'
import { useEffect } from 'react'
import { useRead, type Read } from '../../api/use-read'
import type { Front } from '../live/use-front'

/** Every agreement of the account, fresh each time its page comes to the front. */
export function useConsents({ shown }: Front): Read<Consents> {
  const read = useRead('listConsents', {})
  const { retry } = read
  useEffect(() => {
    if (shown > 1) retry()
  }, [shown, retry])
  return read
}
