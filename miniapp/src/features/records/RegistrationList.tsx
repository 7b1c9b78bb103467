import type { RegistrationBrief } from '@paycare/shared/contract'
import { recordsTexts } from '@paycare/shared/text'
import type { ReactNode } from 'react'
import { open } from '../../routes'
import { Item, List } from '../../ui/elements'
import { StateView } from '../../ui/StateView'
import { RegistrationCard } from '../registration/RegistrationCard'
import './RegistrationList.scss'

interface RegistrationListProps {
  readonly registrations: readonly RegistrationBrief[]
  readonly nowMs: number
}

/** Registrations, newest first, or the way to the first one. */
export function RegistrationList({ registrations, nowMs }: RegistrationListProps): ReactNode {
  if (registrations.length === 0) {
    return (
      <StateView
        face="notPaid"
        title={recordsTexts.noRegistrations}
        next={recordsTexts.noRegistrationsNext}
        action={{ label: recordsTexts.register, onPress: () => open('departments', {}) }}
      />
    )
  }
  return (
    <List className="RegistrationList">
      {registrations.map((registration) => (
        <Item key={registration.id}>
          <RegistrationCard
            registration={registration}
            nowMs={nowMs}
            onPress={() => open('registration', { registrationId: registration.id })}
          />
        </Item>
      ))}
    </List>
  )
}
