import type { CSSProperties, ReactNode } from 'react'

export interface BoxProps {
  readonly className?: string
  readonly style?: CSSProperties
  readonly children?: ReactNode
  /** Accessible name of a landmark or group. */
  readonly label?: string
  /** Things that belong together under `label`. */
  readonly group?: boolean
  /** For a field that points here. */
  readonly id?: string
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
  /** The page of a bar that is in front. */
  readonly current?: boolean
  /** Whether what it opens, below it, is open. */
  readonly expanded?: boolean
}

/** Which keyboard a field brings up. */
export type InputKind = 'text' | 'idNumber' | 'phone' | 'code'

export interface LabelProps {
  readonly className: string
  /** The `id` of the input that it names. */
  readonly target: string
  readonly children: ReactNode
}

export interface TextInputProps {
  readonly id: string
  readonly className: string
  readonly kind: InputKind
  readonly value: string
  readonly onChange: (value: string) => void
  readonly onLeave: () => void
  readonly isInvalid: boolean
  /** Where label and message stand on the page: H5 points to them, WeChat reads them out with the input. */
  readonly describedBy: string | undefined
  readonly spoken: string
}

export interface DialogProps {
  readonly className: string
  /** Accessible name. */
  readonly label: string
  /** Escape was pressed. */
  readonly onClose: () => void
  readonly children: ReactNode
}

export interface OneOfOption {
  readonly value: string
  readonly className: string
  /** Accessible name. */
  readonly label: string
  readonly children: ReactNode
}

export interface OneOfProps {
  readonly className: string
  /** Accessible name of the group. */
  readonly label: string
  readonly options: readonly OneOfOption[]
  readonly value: string
  readonly onChange: (value: string) => void
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
  readonly Nav: Element<BoxProps>
  readonly Spoken: Element<SpokenProps>
  readonly Label: Element<LabelProps>
  readonly TextInput: Element<TextInputProps>
  readonly Pressable: Element<PressableProps>
  /** Lies over the page: the focus goes in, stays in, and goes back where it was. */
  readonly Dialog: Element<DialogProps>
  /** One of several: one stop for Tab, arrow keys choose. */
  readonly OneOf: Element<OneOfProps>
}
