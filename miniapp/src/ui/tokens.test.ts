import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const source = readFileSync(new URL('./tokens.scss', import.meta.url), 'utf8')

/** The variables of one theme as they stand in the style sheet. */
function theme(name: 'light' | 'dark'): Map<string, string> {
  const body = new RegExp(`@mixin ${name} \\{([^}]*)\\}`).exec(source)?.[1] ?? ''
  return new Map([...body.matchAll(/--([\w-]+): (#[\da-f]{6});/g)].map(([, key = '', value = '']) => [key, value]))
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (light + 0.05) / (dark + 0.05)
}

describe.each(['light', 'dark'] as const)('%s theme', (name) => {
  const tokens = theme(name)
  const colour = (token: string): string => {
    const value = tokens.get(token)
    if (value === undefined) throw new Error(`no token ${token}`)
    return value
  }

  const grounds = ['bg', 'surface', 'sunken']
  const texts = ['text', 'text-2', 'brand', 'ok', 'wait', 'warn', 'bad']
  test.each(texts.flatMap((text) => grounds.map((ground) => [text, ground] as const)))(
    '%s is readable on %s',
    (text, ground) => {
      expect(contrast(colour(text), colour(ground))).toBeGreaterThanOrEqual(4.5)
    },
  )

  test.each(['ok', 'wait', 'warn', 'bad', 'brand'])('%s, text and text-2 are readable on its soft ground', (state) => {
    const ground = colour(`${state}-soft`)
    for (const text of [state, 'text', 'text-2']) expect(contrast(colour(text), ground)).toBeGreaterThanOrEqual(4.5)
  })

  test.each(['brand', 'entry'])('text on a field of the %s colour is readable', (field) => {
    expect(contrast(colour(`on-${field}`), colour(field))).toBeGreaterThanOrEqual(4.5)
  })

  test.each(['bg', 'surface'])('edges stand out from %s', (ground) => {
    expect(contrast(colour('edge'), colour(ground))).toBeGreaterThanOrEqual(3)
  })
})
