import type { ReactNode } from 'react'
import { open } from '../../routes'
import { Amount } from '../../ui/Amount'
import { Box, Heading, Item, List, Section } from '../../ui/elements'
import { Press } from '../../ui/Press'
import { Tag } from '../../ui/Tag'
import './DoctorCard.scss'
import type { DoctorView, SessionView, SlotView } from './schedule'

/** A doctor on one day: what for, at which price, and every time; a full time stays in sight and says so. */
export function DoctorCard({ doctor }: { readonly doctor: DoctorView }): ReactNode {
  return (
    <Section className="DoctorCard">
      <Box className="DoctorCard__head">
        <Heading level={2} className="DoctorCard__name">
          {doctor.name}
        </Heading>
        <Tag text={doctor.title} strong={false} />
      </Box>
      {doctor.skills === '' ? null : <Box className="DoctorCard__skills">{doctor.skills}</Box>}
      {doctor.sessions.map((session) => (
        <Session key={session.key} session={session} />
      ))}
    </Section>
  )
}

function Session({ session }: { readonly session: SessionView }): ReactNode {
  return (
    <Box className="DoctorCard__session">
      <Box className="DoctorCard__line">
        <Heading level={3} className="DoctorCard__period">
          {session.title}
        </Heading>
        <Amount fen={session.priceFen} end />
      </Box>
      <List className="DoctorCard__slots">
        {session.slots.map((slot) => (
          <Item key={slot.slotNo} className="DoctorCard__slot">
            <Time slot={slot} />
          </Item>
        ))}
      </List>
    </Box>
  )
}

function Time({ slot: { slotNo, time, spoken, closed } }: { readonly slot: SlotView }): ReactNode {
  const toCheckout = (): void => open('checkout', { slotNo })
  return (
    <Press
      kind="bare"
      className="DoctorCard__time"
      label={spoken}
      onPress={toCheckout}
      {...(closed === undefined ? {} : { disabledReason: closed })}
    >
      {time}
    </Press>
  )
}
