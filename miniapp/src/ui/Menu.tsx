import type { ReactNode } from 'react'
import { Box, Item, List } from './elements'
import { Icon, type IconName } from './Icon'
import { Press } from './Press'
import './Menu.scss'

export interface MenuItem {
  readonly key: string
  readonly icon: IconName
  readonly label: string
  readonly note?: string
  readonly onPress: () => void
}

/** Ways to other pages, one under the other, each with what it is good for. */
export function Menu({ items }: { readonly items: readonly MenuItem[] }): ReactNode {
  return (
    <List className="Menu">
      {items.map(({ key, icon, label, note, onPress }) => (
        <Item key={key}>
          <Press kind="bare" className="Menu__row" onPress={onPress}>
            <Box className="Menu__icon">
              <Icon name={icon} />
            </Box>
            <Box className="Menu__text">
              <Box className="Menu__label">{label}</Box>
              {note === undefined ? null : <Box className="Menu__note">{note}</Box>}
            </Box>
            <Icon name="forward" size="small" />
          </Press>
        </Item>
      ))}
    </List>
  )
}
