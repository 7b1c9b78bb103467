import { CODE, SUCCESS_CODE } from '../codes.ts'
import type { BankCore } from '../core.ts'
import { addMonths, date8, startOfDay } from '../../day.ts'
import type { FaultRule } from '../faults.ts'
import type { BusinessAnswer } from '../money-calls.ts'
import type { Notice } from '../notify/notice.ts'
import { declined, success } from '../query-parts.ts'
import type { DownloadBillBody } from '../schema.ts'
import { billFile, DEFAULT_BILL_FORMAT, encodeText, hexDigest, type BillFile, type BillType } from './bill-file.ts'
import type { BookRow } from './day-books.ts'

/** A movement that exists nowhere but in a spoilt bill. */
const inventedRow = (day: string): BookRow => ({
  type: 'CONFIRM',
  atMs: startOfDay(day) + 12 * 3_600_000,
  serial: `SBOXEXTRA${day}`,
  orderNo: `0510${day}120000${'9'.repeat(10)}`,
  origSerial: '',
  origOrderNo: '',
  amountFen: 12_345,
  netFen: 12_345,
  fundSource: '',
  bizScene: 'OUTP_ORDER',
  visitNo: 'SBOXEXTRA',
  role: 'PRINCIPAL',
  agreementNo: 'SBOXEXTRA0000',
  content: '',
})

/** BILL_MISSING_ROW leaves the first movement out, BILL_EXTRA_ROW invents one; the totals follow, as they would at a bank. */
function spoiltRows(rows: readonly BookRow[], day: string, fault: FaultRule | null): readonly BookRow[] {
  if (fault?.kind === 'BILL_MISSING_ROW') return rows.slice(1)
  return fault?.kind === 'BILL_EXTRA_ROW' ? [...rows, inventedRow(day)] : rows
}

/** Null when the day can be asked for; today and later days are not out of range, only not ready. */
function refusal(core: BankCore, day: string, fault: FaultRule | null): string | null {
  const nowMs = core.clock.now()
  if (Number.isNaN(startOfDay(day)) || day < addMonths(date8(nowMs), -1)) return CODE.billOutOfRange
  if (fault?.kind === 'BILL_LATE') return CODE.billNotReady
  return core.books.isReady(day, nowMs) ? null : CODE.billNotReady
}

/** The bill of a day as the wire gets it, a fault included. */
export function dayBill(
  core: BankCore,
  merPtcId: string,
  day: string,
  type: BillType = 'TRADE',
  fault: FaultRule | null = null,
): BillFile {
  const encoding = fault?.kind === 'BILL_GBK' ? 'GBK' : (core.options.bill?.encoding ?? DEFAULT_BILL_FORMAT.encoding)
  return billFile(merPtcId, day, spoiltRows(core.books.rows(merPtcId, day), day, fault), encoding, type)
}

/**
 * 下载账单 (C 四（四）) of one day within the last calendar month. In parts, cut between lines, the digests are those of the whole file, and
 * `next_part` is sent back to get the next one; the last part has none.
 */
export function downloadBill(core: BankCore, body: DownloadBillBody, fault: FaultRule | null): BusinessAnswer {
  const { mer_ptc_id: merPtcId, stmt_date: day } = body
  const code = body.merch_code === undefined || body.merch_code === merPtcId ? null : CODE.merchantUnknown
  const refused = code ?? refusal(core, day, fault)
  if (refused !== null) {
    return declined(core, 'downloadBill', refused, refused === CODE.billNotReady ? { bill_status: 'NOT_READY' } : {})
  }
  const file = dayBill(core, merPtcId, day, body.bill_type, fault)
  const size = core.options.bill?.rowsPerPart ?? DEFAULT_BILL_FORMAT.rowsPerPart
  const from = Number(body.next_part ?? 0) * size
  if (from >= file.lines.length) return declined(core, 'downloadBill', CODE.billOutOfRange)
  const isLast = from + size >= file.lines.length
  return success(core, 'downloadBill', {
    bill_status: file.recordCount === 0 ? 'EMPTY' : 'READY',
    file_name: file.name,
    file_encoding: file.encoding,
    compress: 'NONE',
    file_content: encodeText(file.lines.slice(from, from + size).join(''), file.encoding).toString('base64'),
    file_sm3: hexDigest('sm3', file.bytes),
    file_sha256: hexDigest('sha256', file.bytes),
    record_count: String(file.recordCount),
    ...(isLast ? {} : { next_part: String(from / size + 1) }),
  })
}

/** What the hospital is told when a day's bill can be fetched (bank.md §3.15). */
export const billNotice = (merPtcId: string, day: string, atMs: number): Notice => ({
  type: 'BILL_READY',
  merPtcId,
  state: 'SUCCESS',
  code: SUCCESS_CODE,
  finalAtMs: atMs,
  members: { stmt_date: day },
  identity: null,
})
