const AMOUNT = /^(0|[1-9]\d{0,9})\.(\d{2})$/

/** Yuan text of the wire → integer fen; null when the text is not an `Amount` (bank.md §3.0). */
export function parseYuan(text: string): number | null {
  const match = AMOUNT.exec(text)
  return match ? Number(match[1]) * 100 + Number(match[2]) : null
}

/** Integer fen → yuan text with two decimals. */
export function formatYuan(fen: number): string {
  const rest = fen % 100
  return `${(fen - rest) / 100}.${rest < 10 ? '0' : ''}${rest}`
}
