import type { Bindable, Unit } from './unit.ts'

/** The database as the rest of the BFF sees it. A unit commits as a whole or leaves nothing. */
export interface Store {
  /** Whether other processes work on the same database: what they commit is not heard of here, and leases are kept by the database's clock. */
  readonly isShared: boolean
  /** Runs a unit in one durable transaction; rejects with `ConstraintViolation`, `UnknownCommit` or whatever the unit throws. */
  run<T>(unit: () => Unit<T>): Promise<T>
  /** Runs a unit that only reads, over one state of the database; a statement that writes is refused. */
  read<T>(unit: () => Unit<T>): Promise<T>
  /** Runs one positional select and answers its rows as arrays, for drizzle. */
  select(sql: string, params: readonly Bindable[]): Promise<Bindable[][]>
  close(): Promise<void>
}

/** A CHECK, UNIQUE, PRIMARY KEY or NOT NULL of the schema refused the statement: an invariant that lives in the database. */
export class ConstraintViolation extends Error {
  override readonly name = 'ConstraintViolation'
  readonly kind: 'unique' | 'check' | 'other'
  constructor(kind: 'unique' | 'check' | 'other', message: string) {
    super(message)
    this.kind = kind
  }
}

/** The commit failed, or the transaction was gone before it: nobody knows what is stored. Only reading it again tells. */
export class UnknownCommit extends Error {
  override readonly name = 'UnknownCommit'
}

/** Somebody else changed the row since it was read: read again and decide again. */
export class Conflict extends Error {
  override readonly name = 'Conflict'
}
