import type { LockOrder } from './lock-orders.ts'
import type { Execution } from './operations.ts'

/** What the business rules say about a request: a code that refuses it, or the execution that is allowed; `order` where a lock is concerned. */
export type Verdict =
  | { readonly code: string | null; readonly order: LockOrder | null; readonly execution: Execution }
  | { readonly code: string; readonly order: LockOrder | null; readonly execution: null }

/** A refusal that needs no clean-up. */
export const refuse = (code: string, order: LockOrder | null = null): Verdict => ({ code, order, execution: null })
