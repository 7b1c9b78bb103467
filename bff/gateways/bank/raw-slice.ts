/**
 * The exact text of a top-level member of a JSON object, as it stands in the message. Signatures cover this text; parsing and serialising
 * again would change it (`bank.md §2.3`). Answers undefined when the text is no object or has no such member.
 */
export function rawMember(json: string, name: string): string | undefined {
  let at = skipSpace(json, 0)
  if (json[at] !== '{') return undefined
  at = skipSpace(json, at + 1)
  while (json[at] === '"') {
    const keyEnd = endOfString(json, at)
    if (keyEnd === undefined) return undefined
    const key = json.slice(at + 1, keyEnd - 1)
    at = skipSpace(json, keyEnd)
    if (json[at] !== ':') return undefined
    const start = skipSpace(json, at + 1)
    const end = endOfValue(json, start)
    if (end === undefined) return undefined
    if (key === name) return json.slice(start, end)
    at = skipSpace(json, end)
    if (json[at] !== ',') return undefined
    at = skipSpace(json, at + 1)
  }
  return undefined
}

function skipSpace(json: string, from: number): number {
  let at = from
  while (json[at] === ' ' || json[at] === '\n' || json[at] === '\r' || json[at] === '\t') at++
  return at
}

/** Position after the closing quote of the string that begins at `from`. */
function endOfString(json: string, from: number): number | undefined {
  for (let at = from + 1; at < json.length; at++) {
    if (json[at] === '\\') at++
    else if (json[at] === '"') return at + 1
  }
  return undefined
}

function endOfValue(json: string, from: number): number | undefined {
  const first = json[from]
  if (first === '"') return endOfString(json, from)
  if (first !== '{' && first !== '[') {
    let at = from
    while (at < json.length && !/[,}\]\s]/.test(json[at] ?? '')) at++
    return at > from ? at : undefined
  }
  return endOfNested(json, from)
}

function endOfNested(json: string, from: number): number | undefined {
  let depth = 0
  let at = from
  while (at < json.length) {
    const character = json[at]
    if (character === '"') {
      const end = endOfString(json, at)
      if (end === undefined) return undefined
      at = end
      continue
    }
    if (character === '{' || character === '[') depth++
    if (character === '}' || character === ']') depth--
    at++
    if (depth === 0) return at
  }
  return undefined
}
