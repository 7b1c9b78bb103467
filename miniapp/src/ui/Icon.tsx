import type { ReactNode } from 'react'
import { Box } from './elements'
import './Icon.scss'

export type IconName =
  | 'done'
  | 'waiting'
  | 'notPaid'
  | 'yourTurn'
  | 'forward'
  | 'back'
  | 'phone'
  | 'visits'
  | 'fees'
  | 'credit'
  | 'person'
  | 'lock'
  | 'elder'
  | 'home'
  | 'register'
  | 'card'
  | 'consent'
  | 'settings'
  | 'help'
  | 'leave'
  | 'close'
  | 'search'

interface IconProps {
  readonly name: IconName
  readonly size?: 'small' | 'normal' | 'large'
}

/** A drawing in the colour of the text beside it; it never stands for words, so screen readers pass over it. */
export function Icon({ name, size = 'normal' }: IconProps): ReactNode {
  return <Box decorative className={`Icon Icon--${name} Icon--${size}`} />
}
