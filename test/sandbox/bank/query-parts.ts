import { messageOf, SUCCESS_CODE } from './codes.ts'
import type { BankCore } from './core.ts'
import { settle, type BusinessAnswer } from './money-calls.ts'
import type { AnswerBody, Operation } from './operations.ts'
import { businessReply } from './reply.ts'

/** A query that was answered, whatever it found. */
export function success(core: BankCore, api: string, body: AnswerBody): BusinessAnswer {
  return { text: businessReply(api, 'S', SUCCESS_CODE, body, core.clock.now()), code: SUCCESS_CODE, status: 'S' }
}

/** A question that was refused. */
export function declined(core: BankCore, api: string, code: string, body: AnswerBody = {}): BusinessAnswer {
  return { text: businessReply(api, 'F', code, body, core.clock.now()), code, status: 'F' }
}

/** QUERY_LAGS: executed, but no query sees it yet. */
export function isHidden(core: BankCore, operation: Operation, lagMs: number): boolean {
  return core.clock.now() < Math.max(operation.hiddenUntilMs, operation.receivedAtMs + lagMs)
}

/** A query may be the one that lets an operation in PROCESSING come to its end. */
export function countQuery(core: BankCore, operation: Operation): void {
  const pending = operation.pending
  if (!pending || pending.queriesLeft === null) return
  pending.queriesLeft -= 1
  if (pending.queriesLeft <= 0) settle(core, operation)
}

/** Why an operation failed, for those that did. */
export const failMembers = (operation: Operation): AnswerBody =>
  operation.state === 'FAIL' ? { fail_code: operation.code, fail_msg: messageOf(operation.code) } : {}
