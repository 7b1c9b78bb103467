import type { ReactNode } from 'react'
import { Box, Pressable } from './elements'
import './Press.scss'

interface PressProps {
  /** Accessible name; also the visible text unless `children` are given. */
  readonly label?: string
  readonly children?: ReactNode
  readonly onPress: () => void
  /** `bare` brings no look of its own, only size, focus and touch feedback. */
  readonly kind: 'primary' | 'plain' | 'quiet' | 'row' | 'bare'
  /** Why it cannot be used now; shown under the button, which stays reachable. */
  readonly disabledReason?: string
  readonly busy?: boolean
  /** Makes it a switch. */
  readonly on?: boolean
  /** Makes it one of several options. */
  readonly pressed?: boolean
  /** Marks the page of a bar that is in front. */
  readonly current?: boolean
  /** Makes it open and close what stands below it. */
  readonly expanded?: boolean
  readonly className?: string
}

type Switching = Pick<PressProps, 'on' | 'pressed' | 'current' | 'expanded'>

/** The one of these that is given. */
function kindOfSwitch({ on, pressed, current, expanded }: Switching): Switching {
  if (on !== undefined) return { on }
  if (pressed !== undefined) return { pressed }
  if (current !== undefined) return { current }
  return expanded === undefined ? {} : { expanded }
}

/** The only tappable thing. */
export function Press(props: PressProps): ReactNode {
  const { label, children, onPress, kind, disabledReason, busy = false, className = '' } = props
  const disabled = disabledReason !== undefined
  return (
    <>
      <Pressable
        className={`Press Press--${kind} ${className} ${disabled ? 'Press--disabled' : ''}`}
        onPress={onPress}
        disabled={disabled}
        busy={busy}
        {...(label !== undefined && children !== undefined ? { label } : {})}
        {...kindOfSwitch(props)}
      >
        {children ?? label}
      </Pressable>
      {disabled ? <Box className="Press__reason">{disabledReason}</Box> : null}
    </>
  )
}
