import { createHash } from 'node:crypto'
import { dateTime14, time6 } from '../../day.ts'
import { formatYuan } from '../yuan.ts'
import { readyAtMs, type BookRow } from './day-books.ts'
import { encodeGbk } from './gbk.ts'

/** How bills are written. */
export interface BillFormat {
  readonly encoding: 'UTF-8' | 'GBK'
  /** Lines in one part of the download. */
  readonly rowsPerPart: number
}

/** UTF-8 in parts of a thousand rows. */
export const DEFAULT_BILL_FORMAT: BillFormat = { encoding: 'UTF-8', rowsPerPart: 1_000 }

/** A whole bill: its lines with their ends, and the bytes that they make. */
export interface BillFile {
  readonly name: string
  readonly encoding: BillFormat['encoding']
  /** H, the D lines, T, each ending in CRLF. */
  readonly lines: readonly string[]
  readonly bytes: Buffer
  readonly recordCount: number
}

const VERSION = '1.0'
const FEE_FEN = 0

/** Net amounts are negative where a refund was drawn from the receivable. */
const signedYuan = (fen: number): string => (fen < 0 ? `-${formatYuan(-fen)}` : formatYuan(fen))

/** The separator and line ends cannot stand inside a column. */
const column = (text: string): string => text.replace(/[|\r\n]/g, ' ')

const line = (...columns: readonly (string | number)[]): string => `${columns.join('|')}\r\n`

function rowLine(row: BookRow, seq: number, acctDate: string): string {
  return line(
    'D',
    seq,
    acctDate,
    time6(row.atMs),
    row.type,
    row.serial,
    row.orderNo,
    row.origSerial,
    row.origOrderNo,
    formatYuan(row.amountFen),
    formatYuan(FEE_FEN),
    signedYuan(row.netFen),
    'SUCCESS',
    row.fundSource,
    row.bizScene,
    row.visitNo,
    row.role,
    `****${row.agreementNo.slice(-4)}`,
    column(row.content),
  )
}

const totalOf = (rows: readonly BookRow[]): string =>
  formatYuan(rows.reduce((sum, { amountFen }) => sum + amountFen, 0))

function trailer(rows: readonly BookRow[], digest: string): string {
  const of = (type: BookRow['type']): BookRow[] => rows.filter((row) => row.type === type)
  const [confirms, pays, refunds] = [of('CONFIRM'), of('PAY'), of('REFUND')]
  const net = rows.reduce((sum, { netFen }) => sum + netFen, 0)
  return line(
    'T',
    rows.length,
    confirms.length,
    totalOf(confirms),
    pays.length,
    totalOf(pays),
    refunds.length,
    totalOf(refunds),
    totalOf(refunds.filter((row) => row.fundSource === 'RESERVE')),
    formatYuan(FEE_FEN * rows.length),
    signedYuan(net - FEE_FEN * rows.length),
    digest,
  )
}

/** Digest in lower-case hex. */
export const hexDigest = (algorithm: 'sm3' | 'sha256', bytes: Buffer): string =>
  createHash(algorithm).update(bytes).digest('hex')

/** Text in the encoding of a bill. */
export const encodeText = (text: string, encoding: BillFormat['encoding']): Buffer =>
  encoding === 'GBK' ? encodeGbk(text) : Buffer.from(text, 'utf8')

/** What is downloaded: every movement of the day, or its totals alone (`SETTLE`). */
export type BillType = 'TRADE' | 'SETTLE'

/**
 * The text of bank.md §3.11: H, D and T lines, `|` between columns, CRLF, two decimals. It follows from the rows and the day alone, so the same
 * bill is the same to the byte each time; the SM3 in the trailer is that of the D lines as they stand in the file.
 */
export function billFile(
  merPtcId: string,
  day: string,
  rows: readonly BookRow[],
  encoding: BillFormat['encoding'],
  type: BillType = 'TRADE',
): BillFile {
  const encode = (text: string): Buffer => encodeText(text, encoding)
  const details = type === 'TRADE' ? rows.map((row, at) => rowLine(row, at + 1, day)) : []
  const digest = hexDigest('sm3', encode(details.join('')))
  const head = line('H', VERSION, merPtcId, day, dateTime14(readyAtMs(day)))
  const lines = [head, ...details, trailer(rows, digest)]
  return {
    name: `creditMed_${merPtcId}_${day}_${type}.txt`,
    encoding,
    lines,
    bytes: encode(lines.join('')),
    recordCount: rows.length,
  }
}
