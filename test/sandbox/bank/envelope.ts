/** Public parameters of a request after form decoding (bank.md §2.1). */
export type FormParams = ReadonlyMap<string, string>

const decodePart = (text: string): string =>
  text.includes('%') || text.includes('+') ? decodeURIComponent(text.replaceAll('+', ' ')) : text

/** Decodes a form body; null when it is malformed or holds a key twice, which has no defined meaning for the signature. */
export function decodeForm(body: string): FormParams | null {
  const params = new Map<string, string>()
  try {
    for (const pair of body.split('&')) {
      const at = pair.indexOf('=')
      const key = decodePart(at < 0 ? pair : pair.slice(0, at))
      if (params.has(key)) return null
      params.set(key, at < 0 ? '' : decodePart(pair.slice(at + 1)))
    }
    return params
  } catch {
    return null
  }
}

/** Encodes parameters once, as step 5 of bank.md §2.2. */
export function encodeForm(params: Iterable<readonly [string, string]>): string {
  const form = new URLSearchParams()
  for (const [key, value] of params) form.append(key, value)
  return form.toString()
}

/** The text that a request signature covers: path, `?`, sorted raw `k=v` without `sign` and empty values (bank.md §2.2). */
export function stringToSign(path: string, params: FormParams): string {
  const keys: string[] = []
  for (const [key, value] of params) if (key !== 'sign' && value !== '') keys.push(key)
  keys.sort()
  return `${path}?${keys.map((key) => `${key}=${params.get(key) ?? ''}`).join('&')}`
}

/** Puts the exact signed text and its signature into a reply (bank.md §2.3). */
export function sealReply(signedText: string, sign: string): string {
  return `{"rsp_biz_content":${signedText},"sign":${JSON.stringify(sign)}}`
}

function endOfString(raw: string, start: number): number {
  for (let at = start + 1; at < raw.length; at += 1) {
    if (raw[at] === '\\') at += 1
    else if (raw[at] === '"') return at + 1
  }
  return -1
}

function endOfValue(raw: string, start: number): number {
  if (raw[start] === '"') return endOfString(raw, start)
  let depth = 0
  for (let at = start; at < raw.length; at += 1) {
    const char = raw[at]
    if (char === '"') {
      const end = endOfString(raw, at)
      if (end < 0) return -1
      at = end - 1
    } else if (char === '{' || char === '[') depth += 1
    else if (char === '}' || char === ']') {
      if (depth === 0) return at
      depth -= 1
      if (depth === 0) return at + 1
    } else if (char === ',' && depth === 0) return at
  }
  return -1
}

/** The raw slice of a top-level member of a JSON object, never re-serialised: signatures cover the text as sent. */
export function rawMember(raw: string, name: string): string | null {
  let at = raw.indexOf('{') + 1
  if (at === 0) return null
  while (at < raw.length) {
    while (/[\s,]/.test(raw[at] ?? '')) at += 1
    if (raw[at] !== '"') return null
    const keyEnd = endOfString(raw, at)
    if (keyEnd < 0) return null
    const key: unknown = JSON.parse(raw.slice(at, keyEnd))
    at = keyEnd
    while (/[\s:]/.test(raw[at] ?? '')) at += 1
    const end = endOfValue(raw, at)
    if (end < 0) return null
    if (key === name) return raw.slice(at, end).trimEnd()
    at = end
  }
  return null
}
