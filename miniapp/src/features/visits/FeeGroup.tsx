import type { VisitFees } from '@paycare/shared/contract'
import { feeCategories } from '@paycare/shared/text'
import type { ReactNode } from 'react'
import { Amount } from '../../ui/Amount'
import { Card } from '../../ui/Card'
import { Box, Item, List } from '../../ui/elements'
import { Status } from '../../ui/Status'
import './FeeGroup.scss'
import { priceLine, rowOf } from './view'

/** The items of one category: official name, what it is, price times quantity, and the state of its order. */
export function FeeGroup({ group }: { readonly group: VisitFees['categories'][number] }): ReactNode {
  const { name, plain } = feeCategories[group.category]
  return (
    <Card title={name}>
      <Box className="FeeGroup__plain">{plain}</Box>
      <List className="FeeGroup">
        {group.items.map((item) => {
          const { face, state } = rowOf(item.row)
          return (
            <Item key={item.itemNo} className="FeeGroup__item">
              <Box className="FeeGroup__line">
                <Box className="FeeGroup__name">{item.name}</Box>
                <Amount fen={item.amountFen} end />
              </Box>
              {item.plainName === '' ? null : <Box className="FeeGroup__note">{item.plainName}</Box>}
              <Box className="FeeGroup__line FeeGroup__line--last">
                <Box className="FeeGroup__note">{priceLine(item)}</Box>
                <Status face={face} text={state} />
              </Box>
            </Item>
          )
        })}
      </List>
    </Card>
  )
}
