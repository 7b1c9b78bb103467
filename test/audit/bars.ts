import type { Category, Load } from './lighthouse.ts'

/** Something that a load is measured by, as a person reads it. */
interface Figure {
  readonly title: string
  readonly of: (load: Load) => number
  readonly shown: (value: number) => string
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`
const whole = (value: number): string => value.toFixed(0)
const scored = (title: string, category: Category): Figure => ({
  title,
  of: ({ scores }) => scores[category] ?? Number.NaN,
  shown: whole,
})

export const figures = {
  lcp: { title: 'LCP', of: (load) => load.lcpMs, shown: seconds },
  fcp: { title: 'FCP', of: (load) => load.fcpMs, shown: seconds },
  tbt: { title: 'TBT', of: (load) => load.tbtMs, shown: (ms) => `${whole(ms)} ms` },
  cls: { title: 'CLS', of: (load) => load.cls, shown: (shift) => shift.toFixed(3) },
  bytes: { title: 'sent', of: (load) => load.bytes, shown: (bytes) => `${whole(bytes / 1024)} KB` },
  performance: scored('perf', 'performance'),
  accessibility: scored('a11y', 'accessibility'),
  bestPractices: scored('BP', 'best-practices'),
} satisfies Record<string, Figure>

/** The middle one of these loads by a figure. */
export function median({ of }: Figure, loads: readonly Load[]): number {
  const sorted = loads.map(of).sort((a, b) => a - b)
  const half = sorted.length / 2
  return ((sorted[Math.ceil(half) - 1] ?? Number.NaN) + (sorted[Math.floor(half)] ?? Number.NaN)) / 2
}

/** A promise about the app and whether it is kept. */
export interface Bar {
  readonly text: string
  readonly isMet: boolean
}

const atMost = (text: string, value: number, most: number, shown: (value: number) => string): Bar => ({
  text: `${text} ${shown(value)}, at most ${shown(most)}`,
  isMet: value <= most,
})

const atLeast = (text: string, value: number, least: number): Bar => ({
  text: `${text} ${whole(value)}, at least ${least}`,
  isMet: value >= least,
})

/** What the home page promises, by medians. */
export function homeBars(home: readonly Load[], bare: readonly Load[]): Bar[] {
  const { lcp, performance, accessibility, bestPractices } = figures
  const ratio = median(lcp, home) / median(lcp, bare)
  return [
    atMost('home: LCP', median(lcp, home), 2_500, seconds),
    atMost('home: LCP ÷ bare', ratio, 1.3, (value) => value.toFixed(2)),
    atLeast('home: performance', median(performance, home), 90),
    atLeast('home: accessibility', median(accessibility, home), 100),
    atLeast('home: best practices', median(bestPractices, home), 100),
  ]
}

/** What every other page promises. */
export function pageBars(name: string, load: Load): Bar[] {
  return [
    atLeast(`${name}: accessibility`, figures.accessibility.of(load), 100),
    atLeast(`${name}: best practices`, figures.bestPractices.of(load), 100),
  ]
}

/** One line of a table: what it is about, then each figure that Lighthouse had been asked for. */
export function row(name: string, loads: readonly Load[]): string {
  const cells = Object.values<Figure>(figures).map((figure) => {
    const value = median(figure, loads)
    return (Number.isNaN(value) ? '–' : figure.shown(value)).padStart(8)
  })
  return [name.padEnd(14), ...cells].join(' ')
}

export const heading = [''.padEnd(14), ...Object.values<Figure>(figures).map(({ title }) => title.padStart(8))].join(
  ' ',
)
