import type { ReactNode } from 'react'
import { Box, Nav } from './elements'
import { Icon, type IconName } from './Icon'
import { Press } from './Press'
import './TabBar.scss'

export interface Tab<K extends string> {
  readonly key: K
  readonly label: string
  readonly icon: IconName
}

interface TabBarProps<K extends string> {
  readonly label: string
  readonly tabs: readonly Tab<K>[]
  readonly current: K
  readonly onOpen: (key: K) => void
}

/** The main pages, at the lower edge of the screen. */
export function TabBar<K extends string>({ label, tabs, current, onOpen }: TabBarProps<K>): ReactNode {
  return (
    <Nav className="TabBar" label={label}>
      {tabs.map((tab) => (
        <Press
          key={tab.key}
          kind="bare"
          className={`TabBar__tab ${tab.key === current ? 'TabBar__tab--current' : ''}`}
          current={tab.key === current}
          onPress={() => {
            if (tab.key !== current) onOpen(tab.key)
          }}
        >
          <Icon name={tab.icon} />
          <Box>{tab.label}</Box>
        </Press>
      ))}
    </Nav>
  )
}
