import { checkoutTexts } from '@paycare/shared/text'
import { useRouter } from '@tarojs/taro'
import { useEffect, type ReactNode } from 'react'
import { operations } from '../../../api/operation'
import { OfCard } from '../../../features/cards/OfCard'
import { useChosenCard } from '../../../features/cards/queries'
import { useCreditStatus } from '../../../features/credit/queries'
import { useFront } from '../../../features/live/use-front'
import { CheckoutForm } from '../../../features/registration/CheckoutForm'
import { useCheckout } from '../../../features/registration/queries'
import { slotSubject } from '../../../features/registration/use-operation'
import { AppPage } from '../../../features/shell/AppPage'
import { replace } from '../../../routes'
import { Slot } from '../../../ui/Slot'

/** Check answers and pay. A slot that this device has asked for already leads to the answer instead. */
export default function CheckoutPage(): ReactNode {
  const front = useFront()
  const slotNo = useRouter().params['slotNo'] ?? ''
  const { session, card } = useChosenCard()
  const read = useCheckout(slotNo, card?.id, front)
  const credit = useCreditStatus(card?.id, front)
  const cardId = card?.id
  useEffect(() => {
    const open = cardId === undefined ? undefined : operations.find(slotSubject(cardId, slotNo))
    if (open) replace('registration', { opId: open.id })
  }, [cardId, slotNo])
  return (
    <AppPage title={checkoutTexts.title} front={front} card={card}>
      <OfCard session={session} card={card}>
        <Slot query={read} height={560}>
          {(checkout) => <CheckoutForm checkout={checkout} read={read} credit={credit} front={front} />}
        </Slot>
      </OfCard>
    </AppPage>
  )
}
