import { CODE, PROCESSING_CODE, SUCCESS_CODE } from './codes.ts'
import type { BankCore, OperationMoment } from './core.ts'
import type { FaultRule } from './faults.ts'
import type { MoneyCall } from './money-requests.ts'
import type { Execution, Operation, OperationGroup, PendingFinal } from './operations.ts'
import { businessReply, type ResponseStatus } from './reply.ts'
import type { Verdict } from './verdict.ts'

/** Text to sign with the code and status that stand in it. */
export interface BusinessAnswer {
  readonly text: string
  readonly code: string
  readonly status: ResponseStatus
}

/** What an interface calls the serial and the state in its answer. */
const FIELDS: Readonly<Record<OperationGroup, { readonly serial: string; readonly state: string }>> = {
  lock: { serial: 'mer_tran_no', state: 'lock_state' },
  confirm: { serial: 'mer_tran_no', state: 'confirm_state' },
  cancel: { serial: 'mer_tran_no', state: 'cancel_state' },
  pay: { serial: 'pay_mer_tran_no', state: 'pay_state' },
  refund: { serial: 'refund_mer_tran_no', state: 'refund_state' },
}

/** How an operation that a fault lets fail ends, unless the rule names a code. */
const FAIL_CODE: Readonly<Record<OperationGroup, string>> = {
  lock: CODE.quotaInsufficient,
  confirm: CODE.stateForbids,
  cancel: CODE.stateForbids,
  pay: CODE.quotaInsufficient,
  refund: CODE.refundBalanceShort,
}

const STATUS: Readonly<Record<Operation['state'], ResponseStatus>> = { SUCCESS: 'S', FAIL: 'F', PROCESSING: 'P' }

function pendingFinal(rule: FaultRule, execution: Execution, group: OperationGroup, nowMs: number): PendingFinal {
  const never = rule.afterMs === undefined && rule.afterQueries === undefined
  return {
    execution,
    final: rule.final,
    failCode: rule.failCode ?? FAIL_CODE[group],
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

function execute(core: BankCore, call: MoneyCall, verdict: Verdict): Operation {
  const nowMs = core.clock.now()
  const operation: Operation = {
    group: call.group,
    merPtcId: call.merPtcId,
    serial: call.serial,
    tradeDate: call.tradeDate,
    contentHash: call.contentHash,
    receivedAtMs: nowMs,
    amountFen: call.amountFen,
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
  const { serial, state } = FIELDS[operation.group]
  const body = { [serial]: operation.serial, [state]: operation.state, ...operation.body }
  const text = operation.finalText ?? businessReply(operation.group, status, operation.code, body, core.clock.now())
  if (operation.state !== 'PROCESSING') operation.finalText = text
  return { text, code: operation.code, status }
}

function refused(core: BankCore, call: MoneyCall, code: string): BusinessAnswer {
  const { serial, state } = FIELDS[call.group]
  const body = { [serial]: call.serial, [state]: 'FAIL' }
  return { text: businessReply(call.group, 'F', code, body, core.clock.now()), code, status: 'F' }
}

/**
 * Steps 12 and 13 of bank.md §6.1: the same serial with the same content answers again, with other content 0105;
 * only a new serial reaches the rules. 0116 is not kept, since nothing was decided about the serial.
 */
export function moneyCall(core: BankCore, call: MoneyCall): BusinessAnswer {
  const known = core.operations.find(call.merPtcId, call.group, call.serial, call.tradeDate)
  if (known) {
    return known.contentHash === call.contentHash ? answer(core, known) : refused(core, call, CODE.serialReused)
  }
  const verdict = call.judge(core)
  if (verdict.code === CODE.earlierProcessing) return refused(core, call, verdict.code)
  return answer(core, execute(core, call, verdict))
}

/** Makes an operation in PROCESSING final; only now the money effect happens. */
export function settle(core: BankCore, operation: Operation, nowMs = core.clock.now()): void {
  const pending = operation.pending
  if (!pending) return
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
