/** One way to make a text wrong. */
export interface Edit {
  readonly mutator: string
  /** What is taken away or changed, as the report shows it. */
  readonly about: string
  readonly text: string
}

const looksLikeSql = /\b(select|update|insert into|case when|cast\()|^`?\$\{\w+\} [+-] \$\{\w+\}`?$/i
const clauseEnds = /^(order by|returning|limit|union all|group by)\b/

/**
 * The ways to make SQL wrong that matter for fences and compare-and-set: a condition, an assignment or an order left out, a limit off by one,
 * one arm of a `case` always taken. `raw` is the text between the quotes as it stands in the source, `${…}` included.
 */
export function sqlEdits(raw: string): Edit[] {
  if (!looksLikeSql.test(raw)) return []
  return [...dropped(raw), ...compared(raw), ...counted(raw), ...chosen(raw)]
}

function replaced(raw: string, at: number, length: number, by: string, mutator: string): Edit {
  const about = raw.slice(at, at + length)
  return {
    mutator,
    about: by === '' || by.length > 12 ? about : `${about} -> ${by}`,
    text: raw.slice(0, at) + by + raw.slice(at + length),
  }
}

/** Where the words that begin at `from` end: at the end of their brackets, or where `isEnd` says so outside any inner ones. */
function endOf(raw: string, from: number, isEnd: (rest: string) => boolean): number {
  let depth = 0
  for (let at = from; at < raw.length; at++) {
    const one = raw.charAt(at)
    if (one === '(' || one === '{') depth++
    else if (one === ')' || one === '}') {
      if (depth === 0) return at
      depth--
    } else if (depth === 0 && isEnd(raw.slice(at))) return at
  }
  return raw.length
}

/** The parts of a list that are joined by `between`, outside brackets, as [from, to]. */
function partsOf(raw: string, from: number, to: number, between: RegExp): (readonly [number, number])[] {
  const parts: (readonly [number, number])[] = []
  for (let at = from; at < to;) {
    const end = Math.min(
      endOf(raw, at, (rest) => between.test(rest)),
      to,
    )
    parts.push([at, end])
    at = end + (between.exec(raw.slice(end))?.[0].length ?? to)
  }
  return parts
}

function dropped(raw: string): Edit[] {
  const edits: Edit[] = []
  for (const match of raw.matchAll(/\bwhere /g)) {
    const from = match.index + match[0].length
    const to = endOf(raw, from, (rest) => clauseEnds.test(rest))
    for (const [begin, end] of partsOf(raw, from, to, /^\s*\band\s/)) {
      const length = raw.slice(begin, end).trimEnd().length
      edits.push({
        ...replaced(raw, begin, length, '1 = 1', 'sql condition dropped'),
        about: raw.slice(begin, begin + length),
      })
    }
  }
  for (const match of raw.matchAll(/\bset (?=\w+ =)/g)) {
    const from = match.index + match[0].length
    const parts = partsOf(
      raw,
      from,
      endOf(raw, from, (rest) => /^\s*where\b/.test(rest)),
      /^,\s*/,
    )
    for (const [at, [begin, end]] of parts.entries()) {
      if (parts.length === 1) continue
      const [first, last] = at === 0 ? [begin, parts[1]?.[0] ?? end] : [parts[at - 1]?.[1] ?? begin, end]
      edits.push({ ...replaced(raw, first, last - first, '', 'sql assignment dropped'), about: raw.slice(begin, end) })
    }
  }
  for (const match of raw.matchAll(
    /\border by [^()]*?(?= limit|$|\))|\blimit (:?\w+|\$\{\w+\})+|on conflict [\s\S]*$/g,
  )) {
    edits.push(replaced(raw, match.index, match[0].length, '', 'sql clause dropped'))
  }
  return edits
}

const boundary: Readonly<Record<string, string>> = { '<': '<=', '<=': '<', '>': '>=', '>=': '>' }

function compared(raw: string): Edit[] {
  return [...raw.matchAll(/(?<=\s)(<=|>=|<|>)(?=\s)/g)].map((match) =>
    replaced(raw, match.index, match[0].length, boundary[match[0]] ?? '', 'sql boundary'),
  )
}

function counted(raw: string): Edit[] {
  return [...raw.matchAll(/(?<=\S )([+-])(?= \S)/g)].map((match) =>
    replaced(raw, match.index, 1, match[0] === '+' ? '-' : '+', 'sql arithmetic'),
  )
}

function chosen(raw: string): Edit[] {
  return [...raw.matchAll(/\bcase when ((?:(?!case when).)*?) then (.*?) else (.*?) end\b/g)].flatMap((match) =>
    [match[2] ?? '', match[3] ?? ''].map((arm) => ({
      ...replaced(raw, match.index, match[0].length, arm, 'sql case'),
      about: `always ${arm}`,
    })),
  )
}
