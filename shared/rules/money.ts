/** Integer fen → “1234.05”. The only way a yuan string is made. */
export function fenToYuan(fen: number): string {
  assertFen(fen)
  const text = String(fen).padStart(3, '0')
  return `${text.slice(0, -2)}.${text.slice(-2)}`
}

/** Integer fen → “¥1,234.05”, as shown to people. */
export function formatFen(fen: number): string {
  const [yuan = '0', cents = '00'] = fenToYuan(fen).split('.')
  return `¥${yuan.replace(/\B(?=(\d{3})+$)/g, ',')}.${cents}`
}

/** Integer fen → “1234 元 5 分”, as read aloud. */
export function spokenFen(fen: number): string {
  assertFen(fen)
  const yuan = Math.floor(fen / 100)
  const jiao = Math.floor((fen % 100) / 10)
  const cents = fen % 10
  const parts = [`${yuan} 元`]
  if (jiao > 0) parts.push(`${jiao} 角`)
  if (cents > 0) parts.push(`${cents} 分`)
  return parts.join(' ')
}

/** “1234.05” → 123405, or undefined when the text is not yuan with exactly two decimals (`bank.md §3.0` Amount). */
export function yuanToFen(yuan: string): number | undefined {
  if (!/^(0|[1-9]\d{0,9})\.\d{2}$/.test(yuan)) return undefined
  return Number(yuan.replace('.', ''))
}

/** Σ of integer fen; throws when a part or the sum is not a safe non-negative integer. */
export function sumFen(parts: Iterable<number>): number {
  let sum = 0
  for (const part of parts) sum += assertFen(part)
  return assertFen(sum)
}

function assertFen(fen: number): number {
  if (!Number.isSafeInteger(fen) || fen < 0) throw new RangeError(`not an amount in fen: ${fen}`)
  return fen
}
