import { createElement, useEffect, useRef, type ReactNode } from 'react'
import type { BoxProps, Elements, HeadingProps, PressableProps, SpokenProps } from './types'

const box =
  (tag: string) =>
  ({ className, style, children, label, group, decorative, announced }: BoxProps): ReactNode =>
    createElement(
      tag,
      {
        className,
        style,
        'aria-label': label,
        'aria-hidden': decorative ? true : undefined,
        role: announced ? 'status' : group ? 'group' : undefined,
      },
      children,
    )

function Heading({ level, className, children, focusOn }: HeadingProps): ReactNode {
  const ref = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (focusOn !== undefined) ref.current?.focus({ preventScroll: true })
  }, [focusOn])
  const Tag = `h${level}` as const
  return (
    <Tag ref={ref} className={className} tabIndex={focusOn === undefined ? undefined : -1}>
      {children}
    </Tag>
  )
}

function Spoken({ className, shown, spoken }: SpokenProps): ReactNode {
  return (
    <span className={className}>
      <span aria-hidden="true">{shown}</span>
      <span className="spoken-only">{spoken}</span>
    </span>
  )
}

function Pressable({ className, onPress, children, label, disabled, busy, on, pressed }: PressableProps): ReactNode {
  return (
    <button
      type="button"
      className={className}
      aria-label={label}
      aria-disabled={disabled || undefined}
      aria-busy={busy || undefined}
      role={on === undefined ? undefined : 'switch'}
      aria-checked={on}
      aria-pressed={pressed}
      onClick={() => {
        if (!disabled && !busy) onPress()
      }}
    >
      {children}
    </button>
  )
}

const elements: Elements = {
  Box: box('div'),
  Inline: box('span'),
  Main: box('main'),
  Header: box('header'),
  Section: box('section'),
  List: box('ul'),
  Steps: box('ol'),
  Item: box('li'),
  Definitions: box('dl'),
  Term: box('dt'),
  Definition: box('dd'),
  Heading,
  Spoken,
  Pressable,
}

export const { Box, Inline, Main, Header, Section, List, Steps, Item, Definitions, Term, Definition } = elements
export { Heading, Pressable, Spoken }
