import type { CSSProperties, ReactNode } from 'react'

export interface BoxProps {
  readonly className?: string
  readonly style?: CSSProperties
  readonly children?: ReactNode
  /** Accessible name of a landmark or group. */
  readonly label?: string
  /** Things that belong together under `label`. */
  readonly group?: boolean
  /** Decoration: screen readers pass over it. */
  readonly decorative?: boolean
  /** Changes inside are read aloud when the reader pauses. */
  readonly announced?: boolean
}

export interface HeadingProps {
  readonly level: 1 | 2 | 3
  readonly className?: string
  readonly children?: ReactNode
  /** A new value moves the focus here: the page came to the front. */
  readonly focusOn?: number
}

export interface SpokenProps {
  readonly className?: string
  readonly shown: string
  readonly spoken: string
}

export interface PressableProps {
  readonly className: string
  readonly onPress: () => void
  readonly children: ReactNode
  readonly label?: string
  readonly disabled: boolean
  readonly busy: boolean
  /** Set for a switch. */
  readonly on?: boolean
  /** Set for one of several options. */
  readonly pressed?: boolean
}

type Element<P> = (props: P) => ReactNode

/** The markup that the two targets write differently: HTML with its own semantics, and WeChat's components with aria roles. */
export interface Elements {
  readonly Box: Element<BoxProps>
  readonly Inline: Element<BoxProps>
  readonly Main: Element<BoxProps>
  readonly Header: Element<BoxProps>
  readonly Section: Element<BoxProps>
  readonly List: Element<BoxProps>
  readonly Steps: Element<BoxProps>
  readonly Item: Element<BoxProps>
  readonly Definitions: Element<BoxProps>
  readonly Term: Element<BoxProps>
  readonly Definition: Element<BoxProps>
  readonly Heading: Element<HeadingProps>
  readonly Spoken: Element<SpokenProps>
  readonly Pressable: Element<PressableProps>
}
