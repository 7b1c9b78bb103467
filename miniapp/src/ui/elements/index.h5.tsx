import { createElement, useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react'
import { keepInside } from './keep-inside.h5'
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

const box =
  (tag: string) =>
  ({ className, style, children, label, group, id, decorative, announced }: BoxProps): ReactNode =>
    createElement(
      tag,
      {
        className,
        style,
        id,
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

function Pressable(props: PressableProps): ReactNode {
  const { className, onPress, children, label, disabled, busy, on, pressed, current, expanded } = props
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
      aria-current={current ? 'page' : undefined}
      aria-expanded={expanded}
      onClick={() => {
        if (!disabled && !busy) onPress()
      }}
    >
      {children}
    </button>
  )
}

function Dialog({ className, label, onClose, children }: DialogProps): ReactNode {
  const panel = useRef<HTMLDivElement>(null)
  const close = useRef(onClose)
  useEffect(() => {
    close.current = onClose
  })
  useEffect(() => (panel.current ? keepInside(panel.current, () => close.current()) : undefined), [])
  return (
    <div className={className}>
      <div className={`${className}__ground`} aria-hidden="true" />
      <div
        ref={panel}
        className={`${className}__panel`}
        role="dialog"
        aria-modal="true"
        aria-label={label}
        tabIndex={-1}
      >
        {children}
      </div>
    </div>
  )
}

/** Where an arrow key leads in a row of `count`; undefined for any other key. */
function arrow(key: string, at: number, count: number): number | undefined {
  if (key === 'ArrowRight' || key === 'ArrowDown') return (at + 1) % count
  if (key === 'ArrowLeft' || key === 'ArrowUp') return (at + count - 1) % count
  if (key === 'Home') return 0
  return key === 'End' ? count - 1 : undefined
}

function OneOf({ className, label, options, value, onChange }: OneOfProps): ReactNode {
  const group = useRef<HTMLDivElement>(null)
  const move = (event: KeyboardEvent): void => {
    const at = options.findIndex((option) => option.value === value)
    const next = arrow(event.key, at, options.length)
    const option = next === undefined ? undefined : options[next]
    if (next === undefined || !option) return
    event.preventDefault()
    onChange(option.value)
    group.current?.querySelectorAll<HTMLElement>('[role=radio]')[next]?.focus()
  }
  return (
    <div ref={group} className={className} role="radiogroup" aria-label={label} onKeyDown={move}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          className={option.className}
          role="radio"
          aria-checked={option.value === value}
          aria-label={option.label}
          tabIndex={option.value === value ? 0 : -1}
          onClick={() => onChange(option.value)}
        >
          {option.children}
        </button>
      ))}
    </div>
  )
}

function Label({ className, target, children }: LabelProps): ReactNode {
  return (
    <label className={className} htmlFor={target}>
      {children}
    </label>
  )
}

/** Identity is typed or pasted, never filled in from what the browser remembers. */
const inputAttributes: Record<InputKind, Readonly<Record<string, string>>> = {
  text: { type: 'text', autoComplete: 'off' },
  idNumber: { type: 'text', autoComplete: 'off', autoCapitalize: 'characters' },
  phone: { type: 'tel', autoComplete: 'tel' },
  code: { type: 'text', inputMode: 'numeric', autoComplete: 'one-time-code' },
}

function TextInput(props: TextInputProps): ReactNode {
  const { id, className, kind, value, onChange, onLeave, isInvalid, describedBy } = props
  return (
    <input
      {...inputAttributes[kind]}
      id={id}
      className={className}
      spellCheck={false}
      value={value}
      aria-invalid={isInvalid || undefined}
      aria-describedby={describedBy}
      onChange={(event) => onChange(event.target.value)}
      // A pressed button says itself what is wrong; were the field to grow before, the button would slip away from the pointer.
      onBlur={({ relatedTarget }) => {
        if (!(relatedTarget instanceof HTMLButtonElement)) onLeave()
      }}
    />
  )
}

const elements: Elements = {
  Box: box('div'),
  Inline: box('span'),
  Main: box('main'),
  Header: box('header'),
  Nav: box('nav'),
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
  Dialog,
  OneOf,
  Label,
  TextInput,
}

export const { Box, Inline, Main, Header, Nav, Section, List, Steps, Item, Definitions, Term, Definition } = elements
export { Dialog, Heading, Label, OneOf, Pressable, Spoken, TextInput }
