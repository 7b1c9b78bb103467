import type { LockOrder } from './lock-orders.ts'
import type { Execution } from './operations.ts'

/** What the business rules say about a request: a code that refuses it, or the execution that is allowed. */
export type Verdict =
  | { readonly code: string | null; readonly order: LockOrder; readonly execution: Execution }
  | { readonly code: string; readonly order: LockOrder | null; readonly execution: null }

/** A refusal that needs no clean-up. */
export const refuse = (code: string, order: LockOrder | null): Verdict => ({ code, order, execution: null })
