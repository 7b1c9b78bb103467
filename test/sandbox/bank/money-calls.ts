import { judgeCancel } from './cancel.ts'
import { CODE, PROCESSING_CODE, SUCCESS_CODE } from './codes.ts'
import { judgeConfirm } from './confirm.ts'
import type { BankCore, OperationMoment } from './core.ts'
import type { FaultPlan, FaultRule } from './faults.ts'
import type { Identity } from './identity.ts'
import { judgeLock } from './lock.ts'
import { contentHash, type Execution, type Operation, type OperationGroup, type PendingFinal } from './operations.ts'
import { businessReply, type ResponseStatus } from './reply.ts'
import type { CancelBody, ConfirmBody, LockBody } from './schema.ts'
import type { Verdict } from './verdict.ts'

/** A checked money request; `raw` is the body as sent, which is what idempotency compares. */
export type MoneyCall = {
  readonly raw: Readonly<Record<string, unknown>>
  readonly plan: Readonly<FaultPlan>
} & (
  | { readonly group: 'lock'; readonly body: LockBody; readonly identity: Identity }
  | { readonly group: 'confirm'; readonly body: ConfirmBody; readonly identity: Identity }
  | { readonly group: 'cancel'; readonly body: CancelBody; readonly identity: null }
)

/** Text to sign with the code and status that stand in it. */
export interface BusinessAnswer {
  readonly text: string
  readonly code: string
  readonly status: ResponseStatus
}

const STATE_FIELD: Readonly<Record<OperationGroup, string>> = {
  lock: 'lock_state',
  confirm: 'confirm_state',
  cancel: 'cancel_state',
}

const STATUS: Readonly<Record<Operation['state'], ResponseStatus>> = { SUCCESS: 'S', FAIL: 'F', PROCESSING: 'P' }

function judge(core: BankCore, call: MoneyCall): Verdict {
  if (call.group === 'lock') return judgeLock(core, call.body, call.identity)
  if (call.group === 'confirm') return judgeConfirm(core, call.body, call.identity)
  return judgeCancel(core, call.body)
}

const amountOf = (call: MoneyCall): number | null => {
  if (call.group === 'lock') return call.body.lock_amount
  return call.group === 'confirm' ? call.body.confirm_amount : null
}

function pendingFinal(rule: FaultRule, execution: Execution, group: OperationGroup, nowMs: number): PendingFinal {
  const never = rule.afterMs === undefined && rule.afterQueries === undefined
  return {
    execution,
    final: rule.final,
    failCode: rule.failCode ?? (group === 'lock' ? CODE.quotaInsufficient : CODE.stateForbids),
    dueMs: rule.afterMs === undefined ? null : nowMs + rule.afterMs,
    queriesLeft: never ? 2 : (rule.afterQueries ?? null),
  }
}

function refuseOperation(operation: Operation, verdict: Verdict, nowMs: number): void {
  operation.state = 'FAIL'
  operation.code = verdict.code ?? operation.code
  operation.body = {}
  verdict.execution?.abandon(nowMs, false)
}

function tell(core: BankCore, operation: Operation, moment: OperationMoment): void {
  for (const listen of core.listeners) listen(operation, moment)
}

function execute(core: BankCore, call: MoneyCall, hash: string, verdict: Verdict): Operation {
  const nowMs = core.clock.now()
  const operation: Operation = {
    group: call.group,
    merPtcId: call.body.mer_ptc_id,
    serial: call.body.mer_tran_no,
    tradeDate: call.body.mer_trade_date,
    contentHash: hash,
    receivedAtMs: nowMs,
    amountFen: amountOf(call),
    state: 'SUCCESS',
    code: SUCCESS_CODE,
    order: verdict.order,
    body: null,
    finalText: null,
    pending: null,
    hiddenUntilMs: nowMs + call.plan.lagMs,
  }
  if (verdict.code !== null || verdict.execution === null) refuseOperation(operation, verdict, nowMs)
  else if (call.plan.processing) {
    operation.state = 'PROCESSING'
    operation.code = PROCESSING_CODE
    operation.pending = pendingFinal(call.plan.processing, verdict.execution, call.group, nowMs)
    verdict.execution.begin()
  } else operation.body = verdict.execution.apply(nowMs, false)
  core.operations.add(operation)
  tell(core, operation, operation.pending ? 'pending' : 'decided')
  return operation
}

function answer(core: BankCore, operation: Operation): BusinessAnswer {
  const status = STATUS[operation.state]
  const body = {
    mer_tran_no: operation.serial,
    [STATE_FIELD[operation.group]]: operation.state,
    ...operation.body,
  }
  const text = operation.finalText ?? businessReply(operation.group, status, operation.code, body, core.clock.now())
  if (operation.state !== 'PROCESSING') operation.finalText = text
  return { text, code: operation.code, status }
}

function refused(core: BankCore, call: MoneyCall, code: string): BusinessAnswer {
  const body = { mer_tran_no: call.body.mer_tran_no, [STATE_FIELD[call.group]]: 'FAIL' }
  return { text: businessReply(call.group, 'F', code, body, core.clock.now()), code, status: 'F' }
}

/**
 * Steps 12 and 13 of bank.md §6.1: the same serial with the same content answers again, with other content 0105;
 * only a new serial reaches the rules. 0116 is not kept, since nothing was decided about the serial.
 */
export function moneyCall(core: BankCore, call: MoneyCall): BusinessAnswer {
  const { mer_ptc_id: merPtcId, mer_tran_no: serial, mer_trade_date: tradeDate } = call.body
  const hash = contentHash(call.raw, call.identity)
  const known = core.operations.find(merPtcId, call.group, serial, tradeDate)
  if (known) return known.contentHash === hash ? answer(core, known) : refused(core, call, CODE.serialReused)
  const verdict = judge(core, call)
  if (verdict.code === CODE.earlierProcessing) return refused(core, call, verdict.code)
  return answer(core, execute(core, call, hash, verdict))
}

/** Makes an operation in PROCESSING final; only now the money effect happens. */
export function settle(core: BankCore, operation: Operation): void {
  const pending = operation.pending
  if (!pending) return
  const nowMs = core.clock.now()
  if (pending.final === 'SUCCESS') {
    operation.body = pending.execution.apply(nowMs, true)
    operation.state = 'SUCCESS'
    operation.code = SUCCESS_CODE
  } else {
    pending.execution.abandon(nowMs, true)
    operation.body = {}
    operation.state = 'FAIL'
    operation.code = pending.failCode
  }
  core.operations.settled(operation)
  tell(core, operation, 'resolved')
}

/** Settles what has waited long enough; every entry into the bank starts with it. */
export function settleDue(core: BankCore): void {
  const nowMs = core.clock.now()
  for (const operation of core.operations.pending()) {
    const dueMs = operation.pending?.dueMs ?? null
    if (dueMs !== null && dueMs <= nowMs) settle(core, operation)
  }
}

/** When the next operation ends by time; null when none does. */
export function nextSettleAtMs(core: BankCore): number | null {
  const due = [...core.operations.pending()].flatMap(({ pending }) => (pending?.dueMs == null ? [] : [pending.dueMs]))
  return due.length === 0 ? null : Math.min(...due)
}
