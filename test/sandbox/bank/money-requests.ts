import { judgeCancel } from './cancel.ts'
import { judgeConfirm } from './confirm.ts'
import type { BankCore } from './core.ts'
import type { FaultPlan, FaultSubject } from './faults.ts'
import { judgeLock } from './lock.ts'
import { contentHash, type OperationGroup } from './operations.ts'
import { judgePay } from './pay.ts'
import { judgeRefund } from './refund.ts'
import type { CheckedRequest } from './requests.ts'
import type { Verdict } from './verdict.ts'

/** A request that may move money. */
export type MoneyRequest = Extract<CheckedRequest, { readonly api: OperationGroup }>

/** A money request as idempotency and execution see it, whatever its interface calls the members. */
export interface MoneyCall {
  readonly group: OperationGroup
  readonly merPtcId: string
  readonly serial: string
  readonly tradeDate: string
  readonly amountFen: number | null
  readonly contentHash: string
  readonly plan: Readonly<FaultPlan>
  judge(core: BankCore): Verdict
}

const GROUPS: ReadonlySet<string> = new Set<OperationGroup>(['lock', 'confirm', 'cancel', 'pay', 'refund'])

/** Whether a request may move money. */
export const isMoneyRequest = (request: CheckedRequest): request is MoneyRequest => GROUPS.has(request.api)

/** What a fault rule can be matched against; of a bill the serial is its day. */
export function subjectOf(request: CheckedRequest): FaultSubject {
  const { api, merPtcId } = request
  const subject = (serial: string | null, amountFen: number | null = null): FaultSubject => ({
    api,
    merPtcId,
    serial,
    amountFen,
  })
  switch (request.api) {
    case 'querySign':
    case 'heldAmountQuery':
      return subject(null)
    case 'lock':
      return subject(request.body.mer_tran_no, request.body.lock_amount)
    case 'confirm':
      return subject(request.body.mer_tran_no, request.body.confirm_amount)
    case 'cancel':
    case 'postPayQuery':
      return subject(request.body.mer_tran_no)
    case 'payCheck':
      return subject(null, request.body.total_amount)
    case 'pay':
      return subject(request.body.pay_mer_tran_no, request.body.total_amount)
    case 'payQuery':
      return subject(request.body.pay_mer_tran_no)
    case 'refund':
      return subject(request.body.refund_mer_tran_no, request.body.amount)
    case 'refundQuery':
      return subject(request.body.refund_mer_tran_no)
    case 'downloadBill':
      return subject(request.body.stmt_date)
  }
}

function hashOf(request: MoneyRequest): string {
  if (request.api === 'pay') return contentHash(request.raw, request.identity, request.agent)
  return 'identity' in request ? contentHash(request.raw, request.identity) : contentHash(request.raw)
}

function judge(core: BankCore, request: MoneyRequest): Verdict {
  switch (request.api) {
    case 'lock':
      return judgeLock(core, request.body, request.identity)
    case 'confirm':
      return judgeConfirm(core, request.body, request.identity)
    case 'cancel':
      return judgeCancel(core, request.body)
    case 'pay':
      return judgePay(core, request.body, request.identity)
    case 'refund':
      return judgeRefund(core, request.body)
  }
}

/** Brings a money request into the one form that `moneyCall` works on. */
export function moneyCallOf(request: MoneyRequest, plan: Readonly<FaultPlan>): MoneyCall {
  const { serial, amountFen } = subjectOf(request)
  return {
    group: request.api,
    merPtcId: request.merPtcId,
    serial: serial ?? '',
    tradeDate: request.api === 'refund' ? request.body.mer_refund_date : request.body.mer_trade_date,
    amountFen,
    contentHash: hashOf(request),
    plan,
    judge: (core) => judge(core, request),
  }
}
