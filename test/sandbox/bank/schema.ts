import { z } from 'zod'
import { parseYuan } from './yuan.ts'

const amount = z.string().transform((text, context) => {
  const fen = parseYuan(text)
  if (fen !== null) return fen
  context.addIssue({ code: 'custom', message: 'not an Amount' })
  return z.NEVER
})
const amountPos = amount.refine((fen) => fen > 0)
const date8 = z.string().regex(/^\d{8}$/)
const time6 = z.string().regex(/^([01]\d|2[0-3])[0-5]\d[0-5]\d$/)
const dateTime14 = z.string().regex(/^\d{14}$/)
const serialNo = z.string().regex(/^[A-Za-z0-9]{1,32}$/)
const sysOrderNo = z.string().regex(/^\d{28}$/)
const sealed = z.string().regex(/^[A-Za-z0-9_-]{1,1024}$/)
const hisNo = z.string().min(1).max(32)

const merchant = {
  mer_ptc_id: z.string().regex(/^\d{15}$/),
  partner_id: z.string().max(40).optional(),
  shop_id: z.string().max(40).optional(),
}
const identity = {
  cus_name: sealed,
  cert_type: z.enum(['01', '02', '03', '04', '05']),
  cert_no: sealed,
}
const trade = { mer_tran_no: serialNo, mer_trade_date: date8, mer_trade_time: time6 }
const agreementNo = z.string().regex(/^[A-Za-z0-9]{1,40}$/)
const notifyUrl = z
  .string()
  .max(256)
  .regex(/^[^@\s]+@https?:\/\/\S+$/)

/** `req_head` of every request (bank.md §3.0). */
export const requestHead = z.object({ trans_time: dateTime14, version: z.literal('1.0') })

/** bank.md §3.1. */
export const querySignBody = z.object({
  ...merchant,
  ...identity,
  query_scene: z.enum(['OUTP_WINDOW', 'OUTP_ONLINE', 'VACC', 'INP']).optional(),
})

/** bank.md §3.2. */
export const lockBody = z.object({
  ...merchant,
  ...identity,
  ...trade,
  sign_agr_no: agreementNo,
  lock_amount: amountPos,
  currency: z.literal('CNY'),
  biz_scene: z.enum(['OUTP_REG', 'OUTP_ORDER', 'VACC']),
  visit_no: hisNo,
  order_no: hisNo,
  fund_total: amount.optional(),
  fund_insurance: amount.optional(),
  tran_content: z.string().max(64).optional(),
  notify_url: notifyUrl.optional(),
})

/** bank.md §3.3. */
export const confirmBody = z.object({
  ...merchant,
  ...identity,
  ...trade,
  orig_mer_tran_no: serialNo,
  lock_no: sysOrderNo.optional(),
  confirm_amount: amountPos,
  detail_digest: z
    .string()
    .regex(/^[0-9a-fA-F]{64}$/)
    .optional(),
})

/** bank.md §3.4. */
export const cancelBody = z.object({
  ...merchant,
  ...trade,
  orig_mer_tran_no: serialNo,
  lock_no: sysOrderNo.optional(),
  reason: z.string().max(64).optional(),
})

/** bank.md §3.10. */
export const postPayQueryBody = z.object({
  ...merchant,
  query_type: z.enum(['LOCK', 'CONFIRM', 'CANCEL']),
  mer_tran_no: serialNo,
  mer_trade_date: date8,
  lock_no: sysOrderNo.optional(),
})

/** bank.md §3.5; `mer_trade_date` is the day of the original, `mer_refund_date` that of this refund. */
export const refundBody = z.object({
  ...merchant,
  refund_mer_tran_no: serialNo,
  mer_refund_date: date8,
  mer_refund_time: time6,
  orig_mer_tran_no: serialNo,
  mer_trade_date: date8,
  sys_order_no: sysOrderNo.optional(),
  amount: amountPos,
  currency: z.literal('CNY'),
  refund_scene: z.enum(['OUTP', 'VACC', 'INP_DEPOSIT', 'INP_SETTLE']),
  refund_request_no: hisNo.optional(),
  tran_content: z.string().max(64).optional(),
  notify_url: notifyUrl.optional(),
})

/** bank.md §3.6. */
export const refundQueryBody = z.object({
  ...merchant,
  refund_mer_tran_no: serialNo,
  mer_refund_date: date8,
  sys_order_no: sysOrderNo.optional(),
})

/** bank.md §3.7. */
export const payCheckBody = z.object({
  ...merchant,
  ...identity,
  sign_agr_no: agreementNo,
  total_amount: amountPos,
  biz_scene: z.enum(['INP_DEPOSIT', 'INP_TOPUP', 'INP_SETTLE']),
})

/** bank.md §3.8; a proxy comes with name and number or not at all, an inpatient with a number. */
export const payBody = z
  .object({
    ...merchant,
    ...identity,
    pay_mer_tran_no: serialNo,
    mer_trade_date: date8,
    mer_trade_time: time6,
    sign_agr_no: agreementNo,
    total_amount: amountPos,
    currency: z.literal('CNY'),
    biz_scene: z.enum(['INP_DEPOSIT', 'INP_TOPUP', 'INP_SETTLE', 'OUTP_REG']),
    inpatient_no: hisNo.optional(),
    auth_type: z.enum(['WRITTEN', 'ONLINE']),
    auth_ref: z.string().min(1).max(64),
    agent_name: sealed.optional(),
    agent_cert_no: sealed.optional(),
    tran_content: z.string().max(64).optional(),
    notify_url: notifyUrl.optional(),
  })
  .refine((body) => (body.agent_name === undefined) === (body.agent_cert_no === undefined))
  .refine((body) => body.biz_scene === 'OUTP_REG' || body.inpatient_no !== undefined)

/** bank.md §3.9. */
export const payQueryBody = z.object({
  ...merchant,
  pay_mer_tran_no: serialNo,
  mer_trade_date: date8,
  sys_order_no: sysOrderNo.optional(),
})

/** bank.md §3.11; `next_part` is the one of the answer before. */
export const downloadBillBody = z.object({
  ...merchant,
  stmt_date: date8,
  merch_code: z
    .string()
    .regex(/^\d{15}$/)
    .optional(),
  template_no: z.string().max(32).optional(),
  bill_type: z.enum(['TRADE', 'SETTLE']).default('TRADE'),
  next_part: z
    .string()
    .regex(/^[1-9]\d{0,5}$/)
    .optional(),
})

/** bank.md §3.12. */
export const heldAmountQueryBody = z.object(merchant)

/** A lock request whose amounts are fen already. */
export type LockBody = z.infer<typeof lockBody>
/** A confirm request whose amounts are fen already. */
export type ConfirmBody = z.infer<typeof confirmBody>
/** A cancel request. */
export type CancelBody = z.infer<typeof cancelBody>
/** A sign-up query. */
export type QuerySignBody = z.infer<typeof querySignBody>
/** A query for the fate of a lock, confirm or cancel. */
export type PostPayQueryBody = z.infer<typeof postPayQueryBody>
/** A refund request whose amount is fen already. */
export type RefundBody = z.infer<typeof refundBody>
/** A query for the fate of a refund. */
export type RefundQueryBody = z.infer<typeof refundQueryBody>
/** A question whether the quota suffices. */
export type PayCheckBody = z.infer<typeof payCheckBody>
/** A direct payment whose amount is fen already. */
export type PayBody = z.infer<typeof payBody>
/** A query for the fate of a direct payment. */
export type PayQueryBody = z.infer<typeof payQueryBody>
/** A request for a day's bill. */
export type DownloadBillBody = z.infer<typeof downloadBillBody>
/** A query for the merchant's balance. */
export type HeldAmountQueryBody = z.infer<typeof heldAmountQueryBody>
