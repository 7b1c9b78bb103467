import type { ReactNode } from 'react'
import { open } from '../../routes'
import { Amount } from '../../ui/Amount'
import { Box, Item, List } from '../../ui/elements'
import { Icon } from '../../ui/Icon'
import { Press } from '../../ui/Press'
import { Status } from '../../ui/Status'
import './PaymentLines.scss'
import type { PaymentLineView } from './view'

/** Orders with the state of their locks; each leads to its payment. */
export function PaymentLines({ lines }: { readonly lines: readonly PaymentLineView[] }): ReactNode {
  return (
    <List className="PaymentLines">
      {lines.map((line) => (
        <Item key={line.paymentId} className="PaymentLines__item">
          <Press
            kind="bare"
            className="PaymentLines__row"
            onPress={() => open('payment', { paymentId: line.paymentId })}
          >
            <Box className="PaymentLines__text">
              <Box className="PaymentLines__line">
                <Box className="PaymentLines__title">{line.title}</Box>
                <Amount fen={line.fen} end />
              </Box>
              <Box className="PaymentLines__line PaymentLines__line--last">
                <Box className="PaymentLines__note">{line.note}</Box>
                <Status face={line.face} text={line.state} />
              </Box>
            </Box>
            <Icon name="forward" size="small" />
          </Press>
        </Item>
      ))}
    </List>
  )
}
