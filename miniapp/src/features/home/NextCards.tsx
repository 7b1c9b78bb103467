import type { Home } from '@paycare/shared/contract'
import { homeTexts } from '@paycare/shared/text'
import { useEffect, type ReactNode } from 'react'
import { open } from '../../routes'
import { Amount } from '../../ui/Amount'
import { Card } from '../../ui/Card'
import { Box, Item, List } from '../../ui/elements'
import { faceIcon } from '../../ui/faces'
import { Icon } from '../../ui/Icon'
import { Press } from '../../ui/Press'
import './NextCards.scss'
import { keepNextRows } from './next-space'
import { nextViews, type NextView } from './view'

/** What comes next for this patient: at most three things, each leading to its page. */
export function NextCards({ home }: { readonly home: Home }): ReactNode {
  const views = nextViews(home)
  useEffect(() => keepNextRows(views.length), [views.length])
  return (
    <Card title={homeTexts.next}>
      {views.length === 0 ? <Box className="NextCards__none">{homeTexts.nothing}</Box> : null}
      <List className="NextCards">
        {views.map((view) => (
          <Item key={view.key}>
            <Press kind="bare" className="NextCards__row" onPress={() => follow(view)}>
              <Box className={`NextCards__face NextCards__face--${view.face}`}>
                <Icon name={faceIcon[view.face]} />
              </Box>
              <Box className="NextCards__text">
                <Box className="NextCards__words">
                  <Box className="NextCards__title">{view.title}</Box>
                  <Box className="NextCards__note">{view.note}</Box>
                </Box>
                {view.fen === null ? null : <Amount fen={view.fen} end />}
              </Box>
              <Icon name="forward" size="small" />
            </Press>
          </Item>
        ))}
      </List>
    </Card>
  )
}

function follow({ leadsTo }: NextView): void {
  switch (leadsTo.page) {
    case 'visit':
      return open('visit', { visitId: leadsTo.visitId })
    case 'payment':
      return open('payment', { paymentId: leadsTo.paymentId })
    case 'registration':
      return open('registration', { registrationId: leadsTo.registrationId })
  }
}
