import type { PaymentDetail } from '@paycare/shared/contract'
import type { Read } from '../../api/use-read'
import type { Front } from '../live/use-front'
import { useLiveRead } from '../live/use-live-read'
import { paymentIsLive } from './view'

export function usePayment(paymentId: string, front: Front): Read<PaymentDetail> {
  return useLiveRead('readPayment', { params: { paymentId } }, { front, isLive: paymentIsLive })
}
