import { Button, Input, Text, View } from '@tarojs/components'
import type { ReactNode } from 'react'
import type {
  BoxProps,
  DialogProps,
  Elements,
  HeadingProps,
  InputKind,
  LabelProps,
  OneOfProps,
  PressableProps,
  SpokenProps,
  TextInputProps,
} from './types'

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

function Pressable(props: PressableProps): ReactNode {
  const { className, onPress, children, label, disabled, busy, on, pressed, current, expanded } = props
  const attributes: Aria = {}
  if (label !== undefined) attributes['aria-label'] = label
  if (disabled) attributes['aria-disabled'] = 'true'
  if (busy) attributes['aria-busy'] = 'true'
  if (on !== undefined) {
    attributes['aria-role'] = 'switch'
    attributes['aria-checked'] = String(on)
  }
  if (pressed !== undefined) attributes['aria-checked'] = String(pressed)
  if (current !== undefined) {
    attributes['aria-role'] = 'tab'
    attributes['aria-selected'] = String(current)
  }
  if (expanded !== undefined) attributes['aria-expanded'] = String(expanded)
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

function Dialog({ className, label, children }: DialogProps): ReactNode {
  return (
    <View className={className}>
      <View className={`${className}__ground`} catchMove />
      <View className={`${className}__panel`} aria-role="dialog" aria-label={label}>
        {children}
      </View>
    </View>
  )
}

function OneOf({ className, label, options, value, onChange }: OneOfProps): ReactNode {
  return (
    <View className={className} aria-role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <Button
          key={option.value}
          className={option.className}
          hoverClass="Press--touched"
          aria-role="radio"
          aria-checked={String(option.value === value)}
          aria-label={option.label}
          onClick={() => onChange(option.value)}
        >
          {option.children}
        </Button>
      ))}
    </View>
  )
}

function Label({ className, children }: LabelProps): ReactNode {
  return (
    <View className={className} aria-hidden="true">
      {children}
    </View>
  )
}

const inputTypes: Record<InputKind, 'text' | 'idcard' | 'number'> = {
  text: 'text',
  idNumber: 'idcard',
  phone: 'number',
  code: 'number',
}

/** WeChat's own input; without `aria-describedby` it reads its label and message itself. */
function TextInput(props: TextInputProps): ReactNode {
  const { id, className, kind, value, onChange, onLeave, spoken } = props
  return (
    <Input
      id={id}
      className={className}
      type={inputTypes[kind]}
      value={value}
      maxlength={64}
      aria-label={spoken}
      onInput={(event) => onChange(event.detail.value)}
      onBlur={onLeave}
    />
  )
}

const elements: Elements = {
  Box: box(),
  Inline,
  Main: box('main'),
  Header: box(),
  Nav: box('tablist'),
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
  Dialog,
  OneOf,
  Label,
  TextInput,
}

export const { Box, Main, Header, Nav, Section, List, Steps, Item, Definitions, Term, Definition } = elements
export { Dialog, Heading, Inline, Label, OneOf, Pressable, Spoken, TextInput }
