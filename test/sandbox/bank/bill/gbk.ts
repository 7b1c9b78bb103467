/** Bytes of the double-byte part of GBK. */
const LEAD = { from: 0x81, to: 0xfe } as const
const TRAIL = { from: 0x40, to: 0xfe } as const

let table: ReadonlyMap<string, number> | null = null

/** The decoder of the platform turned round, since it brings no encoder. */
function encodings(): ReadonlyMap<string, number> {
  if (table) return table
  const decoder = new TextDecoder('gbk')
  const found = new Map<string, number>()
  for (let lead = LEAD.from; lead <= LEAD.to; lead += 1) {
    for (let trail = TRAIL.from; trail <= TRAIL.to; trail += 1) {
      const char = decoder.decode(Buffer.from([lead, trail]))
      if ([...char].length === 1 && char !== '\uFFFD' && !found.has(char)) found.set(char, lead * 256 + trail)
    }
  }
  table = found
  return found
}

/** Text as GBK; a character that GBK does not have becomes `?`. */
export function encodeGbk(text: string): Buffer {
  const bytes: number[] = []
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0
    const pair = code < 0x80 ? code : (encodings().get(char) ?? 0x3f)
    if (pair < 0x80) bytes.push(pair)
    else bytes.push(pair >> 8, pair & 0xff)
  }
  return Buffer.from(bytes)
}
