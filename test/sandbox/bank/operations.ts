import { createHash } from 'node:crypto'
import type { Identity } from './identity.ts'
import type { LockOrder } from './lock-orders.ts'

/** Interfaces that move money, each with serials of its own (bank.md §6.2). */
export type OperationGroup = 'lock' | 'confirm' | 'cancel' | 'pay' | 'refund'

/** Members of `rsp_body`. */
export type AnswerBody = Readonly<Record<string, string | boolean>>

/** An allowed operation: what it books, now or when it becomes final. */
export interface Execution {
  /** Sets aside what must stay available while the operation is in PROCESSING. */
  begin(): void
  /** The money effect; returns the business part of the answer. */
  apply(nowMs: number, begun: boolean): AnswerBody
  /** Undoes `begin` when the operation ends in FAIL. */
  abandon(nowMs: number, begun: boolean): void
}

/** How an operation that answered PROCESSING becomes final. */
export interface PendingFinal {
  readonly execution: Execution
  readonly final: 'SUCCESS' | 'FAIL'
  readonly failCode: string
  readonly dueMs: number | null
  queriesLeft: number | null
}

/** One lock, confirm, cancel, payment or refund that the bank has accepted or declined, under its business serial. */
export interface Operation {
  readonly group: OperationGroup
  readonly merPtcId: string
  readonly serial: string
  /** The date sent with it, of a refund `mer_refund_date`. */
  readonly tradeDate: string
  readonly contentHash: string
  readonly receivedAtMs: number
  readonly amountFen: number | null
  state: 'SUCCESS' | 'FAIL' | 'PROCESSING'
  code: string
  order: LockOrder | null
  /** Business part of the answer once final. */
  body: AnswerBody | null
  /** `rsp_biz_content` exactly as answered first after becoming final; sent again for a repeated request. */
  finalText: string | null
  pending: PendingFinal | null
  /** Queries answer `found=N` until this instant (QUERY_LAGS). */
  hiddenUntilMs: number
}

const IGNORED = new Set([
  'mer_trade_time',
  'mer_refund_time',
  'notify_url',
  'cus_name',
  'cert_no',
  'agent_name',
  'agent_cert_no',
])

/** Hash of what a request means: sorted members without time, callback and sealed text, with the opened people (bank.md §6.2). */
export function contentHash(body: Readonly<Record<string, unknown>>, ...people: readonly (Identity | null)[]): string {
  const content: unknown[] = people.flatMap((one) => (one ? [one.name, one.certType, one.certNo] : []))
  for (const key of Object.keys(body).sort()) if (!IGNORED.has(key)) content.push(key, body[key])
  return createHash('sha256').update(JSON.stringify(content)).digest('base64')
}

/** Operations by idempotency key: merchant, group, serial, and the day when serials need only be unique per day. */
export class Operations {
  readonly #uniquePerDay: boolean
  readonly #byKey = new Map<string, Operation>()
  readonly #pending = new Set<Operation>()

  constructor(uniquePerDay: boolean) {
    this.#uniquePerDay = uniquePerDay
  }

  #key(merPtcId: string, group: OperationGroup, serial: string, tradeDate: string): string {
    const key = `${merPtcId}/${group}/${serial}`
    return this.#uniquePerDay ? `${key}/${tradeDate}` : key
  }

  find(merPtcId: string, group: OperationGroup, serial: string, tradeDate: string): Operation | null {
    return this.#byKey.get(this.#key(merPtcId, group, serial, tradeDate)) ?? null
  }

  add(operation: Operation): void {
    this.#byKey.set(this.#key(operation.merPtcId, operation.group, operation.serial, operation.tradeDate), operation)
    if (operation.pending) this.#pending.add(operation)
  }

  /** Operations in PROCESSING. */
  pending(): ReadonlySet<Operation> {
    return this.#pending
  }

  settled(operation: Operation): void {
    operation.pending = null
    this.#pending.delete(operation)
  }

  all(): IterableIterator<Operation> {
    return this.#byKey.values()
  }
}
