import type { Comparison } from './rounds.ts'

/** One line of the table. */
export interface Row {
  readonly what: string
  readonly unit: string
  readonly ours: number
  /** What it is measured against; null when the number stands for itself. */
  readonly peer: number | null
  /** What the bar is about: the ratio, or the number where there is no peer. */
  readonly value: number
  readonly bar: Bar | null
}

interface Bar {
  readonly is: 'at least' | 'at most'
  readonly limit: number
}

/** What a section found out. */
export interface Result {
  readonly rows: readonly Row[]
  /** Lines of text that explain the numbers. */
  readonly notes: readonly string[]
}

/** A comparison as a line; `least` is the bar on its ratio. */
export function asRow(what: string, unit: string, { ours, peer, ratio }: Comparison, least: number | null): Row {
  return { what, unit, ours, peer, value: ratio, bar: least === null ? null : { is: 'at least', limit: least } }
}

export function isMet({ value, bar }: Row): boolean {
  return bar === null || (bar.is === 'at least' ? value >= bar.limit : value <= bar.limit)
}

/** All sections as Markdown. */
export function markdown(results: readonly Result[]): string {
  const head = ['| what | unit | ours | beside it | ratio | bar | |', '| --- | --- | ---: | ---: | ---: | --- | --- |']
  const lines = results.flatMap((result) => result.rows).map(line)
  const notes = results.map((result) => result.notes.join('\n')).filter((text) => text !== '')
  return [[...head, ...lines].join('\n'), ...notes].join('\n\n')
}

function line(row: Row): string {
  const { what, unit, ours, peer, value, bar } = row
  const ratio = peer === null ? '' : value.toFixed(2)
  const limit = bar === null ? '' : `${bar.is === 'at least' ? '≥' : '≤'} ${bar.limit}`
  const verdict = bar === null ? '' : isMet(row) ? 'met' : '**missed**'
  return `| ${[what, unit, figure(ours), peer === null ? '' : figure(peer), ratio, limit, verdict].join(' | ')} |`
}

function figure(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en-US') : value.toFixed(1)
}
