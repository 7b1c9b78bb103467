import { Button, Text, View } from '@tarojs/components'
import type { ReactNode } from 'react'
import type { BoxProps, Elements, HeadingProps, PressableProps, SpokenProps } from './types'

/** WeChat reads `aria-role`; the templates carry it through `config/aria-plugin.js`. Attributes that are not set must be absent. */
type Aria = Record<string, string>

function aria({ label, decorative, announced }: BoxProps, role?: string): Aria {
  const attributes: Aria = {}
  if (label !== undefined) attributes['aria-label'] = label
  if (decorative) attributes['aria-hidden'] = 'true'
  if (announced) attributes['aria-live'] = 'polite'
  if (role !== undefined) attributes['aria-role'] = role
  return attributes
}

const box =
  (role?: string) =>
  (props: BoxProps): ReactNode => (
    <View className={props.className ?? ''} style={props.style ?? {}} {...aria(props, role)}>
      {props.children}
    </View>
  )

function Inline(props: BoxProps): ReactNode {
  return (
    <Text className={props.className ?? ''} style={props.style ?? {}} {...aria(props)}>
      {props.children}
    </Text>
  )
}

function Heading({ level, className, children }: HeadingProps): ReactNode {
  return (
    <View className={className ?? ''} aria-role="heading" aria-level={String(level)}>
      {children}
    </View>
  )
}

function Spoken({ className, shown, spoken }: SpokenProps): ReactNode {
  return (
    <Text className={className ?? ''} aria-role="text" aria-label={spoken}>
      {shown}
    </Text>
  )
}

function Pressable({ className, onPress, children, label, disabled, busy, on, pressed }: PressableProps): ReactNode {
  const attributes: Aria = {}
  if (label !== undefined) attributes['aria-label'] = label
  if (disabled) attributes['aria-disabled'] = 'true'
  if (busy) attributes['aria-busy'] = 'true'
  if (on !== undefined) {
    attributes['aria-role'] = 'switch'
    attributes['aria-checked'] = String(on)
  }
  if (pressed !== undefined) attributes['aria-checked'] = String(pressed)
  return (
    <Button
      className={className}
      hoverClass={disabled || busy ? 'none' : 'Press--touched'}
      {...attributes}
      onClick={() => {
        if (!disabled && !busy) onPress()
      }}
    >
      {children}
    </Button>
  )
}

const elements: Elements = {
  Box: box(),
  Inline,
  Main: box('main'),
  Header: box(),
  Section: box(),
  List: box('list'),
  Steps: box('list'),
  Item: box('listitem'),
  Definitions: box(),
  Term: box(),
  Definition: box(),
  Heading,
  Spoken,
  Pressable,
}

export const { Box, Main, Header, Section, List, Steps, Item, Definitions, Term, Definition } = elements
export { Heading, Inline, Pressable, Spoken }
