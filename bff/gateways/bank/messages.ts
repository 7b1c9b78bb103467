import { yuanToFen } from '@paycare/shared/rules'
import { z } from 'zod'

/** Answers are read leniently: unknown fields are ignored, absent optional ones are absent (`bank.md §3.0`). */
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? undefined)
/** Yuan text → fen. An amount that is present but unreadable makes the whole answer unreadable. */
const amount = z
  .string()
  .nullish()
  .transform((value, context) => {
    if (value === null || value === undefined) return undefined
    const fen = yuanToFen(value)
    if (fen === undefined) context.addIssue({ code: 'custom', message: 'not an amount' })
    return fen
  })

export const Reply = z.looseObject({
  biz_state: z.enum(['S', 'F', 'P']),
  rsp_code: text,
  rsp_head: z
    .looseObject({
      response_code: text,
      response_status: z.enum(['S', 'F', 'P']).nullish(),
      response_time: text,
      trans_time: text,
    })
    .nullish(),
  rsp_body: z.unknown().optional(),
})

const tranState = z.enum(['SUCCESS', 'PROCESSING', 'FAIL'])

/** `bank.md §3.1` */
export const SignReply = z.looseObject({
  sign_status: z.enum(['SIGNED', 'UNSIGNED', 'TERMINATED', 'SIGNING']),
  sign_agr_no: text,
  user_role: z.enum(['PRINCIPAL', 'SHARER']).nullish(),
  quota_status: z.enum(['NORMAL', 'FROZEN', 'OVERDUE', 'EXPIRED']).nullish(),
  avail_amount: amount,
})

/** `bank.md §3.2` */
export const LockReply = z.looseObject({
  mer_tran_no: text,
  lock_no: text,
  lock_state: tranState,
  lock_amount: amount,
  lock_expire_time: text,
})

/** `bank.md §3.3` */
export const ConfirmReply = z.looseObject({
  mer_tran_no: text,
  confirm_state: tranState,
  sys_order_no: text,
  confirm_amount: amount,
  acct_date: text,
  repay_due_date: text,
})

/** `bank.md §3.4` */
export const CancelReply = z.looseObject({ mer_tran_no: text, cancel_state: tranState })

/** `bank.md §3.10` */
export const PostPayReply = z.looseObject({
  found: z.enum(['Y', 'N']),
  lock_no: text,
  lock_status: z.enum(['LOCKED', 'CONFIRMED', 'CANCELLED', 'EXPIRED', 'FAIL', 'PROCESSING']).nullish(),
  lock_amount: amount,
  confirm_state: tranState.nullish(),
  confirm_amount: amount,
  cancel_state: tranState.nullish(),
  sys_order_no: text,
  lock_expire_time: text,
  acct_date: text,
  repay_due_date: text,
  fail_code: text,
})

/** `bank.md §3.5` */
export const RefundReply = z.looseObject({
  refund_mer_tran_no: text,
  refund_state: tranState,
  refund_order_no: text,
  refund_amount: amount,
  fund_source: text,
  acct_date: text,
})

/** `bank.md §3.6` */
export const RefundQueryReply = z.looseObject({
  found: z.enum(['Y', 'N']),
  refund_state: tranState.nullish(),
  refund_order_no: text,
  refund_amount: amount,
  fund_source: text,
  acct_date: text,
  fail_code: text,
})

/** `bank.md §3.12` */
export const HeldAmountReply = z.looseObject({
  total_balance: amount,
  receivable_today: amount,
  reserve_balance: amount,
  reserve_enabled: z.enum(['Y', 'N']).nullish(),
  refundable_balance: amount,
  pending_settle_amount: amount,
})

/** `bank.md §3.8` */
export const PayReply = z.looseObject({
  pay_mer_tran_no: text,
  pay_state: tranState,
  sys_order_no: text,
  total_amount: amount,
  acct_date: text,
  repay_due_date: text,
})

/** `bank.md §3.9` */
export const PayQueryReply = z.looseObject({
  found: z.enum(['Y', 'N']),
  pay_state: tranState.nullish(),
  sys_order_no: text,
  total_amount: amount,
  acct_date: text,
  repay_due_date: text,
  fail_code: text,
})

/** What every notification says of itself, and the serials that some name (`bank.md §3.15`). */
export const Notification = z.looseObject({
  notify_id: z.string().min(1).max(64),
  notify_type: z.string().min(1).max(32),
  mer_ptc_id: z.string(),
  mer_tran_no: text,
  refund_mer_tran_no: text,
})

export type LockReply = z.infer<typeof LockReply>
export type ConfirmReply = z.infer<typeof ConfirmReply>
export type CancelReply = z.infer<typeof CancelReply>
export type PostPayReply = z.infer<typeof PostPayReply>
export type SignReply = z.infer<typeof SignReply>
export type RefundReply = z.infer<typeof RefundReply>
export type RefundQueryReply = z.infer<typeof RefundQueryReply>
export type PayReply = z.infer<typeof PayReply>
export type PayQueryReply = z.infer<typeof PayQueryReply>
