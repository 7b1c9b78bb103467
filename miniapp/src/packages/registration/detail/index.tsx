import { registrationTexts } from '@paycare/shared/text'
import { useRouter } from '@tarojs/taro'
import { useState, type ReactNode } from 'react'
import { operations } from '../../../api/operation'
import { useFront } from '../../../features/live/use-front'
import { useRegistration, useResolution } from '../../../features/registration/queries'
import { RegistrationBody } from '../../../features/registration/RegistrationBody'
import { Resolving } from '../../../features/registration/Resolving'
import { registrationSubject } from '../../../features/registration/use-operation'
import { AppPage } from '../../../features/shell/AppPage'
import { Slot } from '../../../ui/Slot'

/** The page of every state that a registration can be in, with its guide sheet; also of one whose answer was lost. */
export default function RegistrationPage(): ReactNode {
  const front = useFront()
  const { registrationId, opId } = useRouter().params
  const [open] = useState(() => opId ?? operations.find(registrationSubject(registrationId ?? ''))?.id)
  const resolved = useResolution(open, front)
  const read = useRegistration(registrationId ?? '', front, open === undefined)
  const card = open === undefined ? (read.data?.card ?? (read.failure ? null : undefined)) : null
  return (
    <AppPage title={registrationTexts.title} front={front} card={card}>
      {open === undefined ? (
        <Slot query={read} height={640}>
          {(registration) => <RegistrationBody registration={registration} read={read} front={front} />}
        </Slot>
      ) : (
        <Resolving resolved={resolved} registrationId={registrationId} />
      )}
    </AppPage>
  )
}
