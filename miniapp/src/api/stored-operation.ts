import type { Operations, Registration } from '@paycare/shared/contract'
import { paths, type OperationName } from '@paycare/shared/paths'
import { isKeyOf } from '@paycare/shared/rules'

/** The operations of a registration that carry an idempotency key: they reserve, pay or cancel. */
export type Keyed = {
  [O in OperationName]: Operations[O] extends { key: string; output: Registration } ? O : never
}[OperationName]
/** What such an operation says, without its key. */
export type Said<O extends Keyed> = Omit<Operations[O], 'output' | 'key'>

/** A request as it was said the first time. The key is its number; nothing in it changes afterwards, and it holds no identity. */
export interface StoredOperation {
  readonly id: string
  readonly op: Keyed
  /** What it is about, such as one slot or one registration: one open question per subject. */
  readonly subject: string
  readonly said: { readonly params?: Readonly<Record<string, string>>; readonly body?: unknown }
  readonly createdAtMs: number
}

/** Whether a value read from storage is an operation of this version of the app. */
export function isStored(value: unknown): value is StoredOperation {
  return (
    typeof value === 'object' &&
    value !== null &&
    'id' in value &&
    typeof value.id === 'string' &&
    'op' in value &&
    typeof value.op === 'string' &&
    isKeyOf(paths, value.op) &&
    'subject' in value &&
    typeof value.subject === 'string' &&
    'said' in value &&
    typeof value.said === 'object' &&
    value.said !== null &&
    'createdAtMs' in value &&
    typeof value.createdAtMs === 'number'
  )
}
