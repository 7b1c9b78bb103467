import { isStored, type StoredOperation } from './stored-operation'

/** As long as a patient may come back to a question that stayed open; the server knows the key for longer. */
const keptForMs = 24 * 3_600_000
const key = 'operations'

/** The little of `platform/storage` that is needed here. */
export interface KeptText {
  readonly read: (key: string) => string | null
  readonly write: (key: string, value: string) => void
  readonly remove: (key: string) => void
}

/** The operations whose answer is missing, on this device. */
export interface OperationStore {
  readonly list: () => readonly StoredOperation[]
  readonly add: (operation: StoredOperation) => void
  readonly drop: (id: string) => void
}

export function operationStore(storage: KeptText, nowMs: () => number): OperationStore {
  const list = (): StoredOperation[] =>
    parsed(storage.read(key)).filter(({ createdAtMs }) => nowMs() - createdAtMs < keptForMs)
  const keep = (operations: readonly StoredOperation[]): void => {
    if (operations.length === 0) storage.remove(key)
    else storage.write(key, JSON.stringify(operations))
  }
  return {
    list,
    add: (operation) => keep([...list(), operation]),
    drop: (id) => keep(list().filter((operation) => operation.id !== id)),
  }
}

function parsed(text: string | null): StoredOperation[] {
  try {
    const value: unknown = text === null ? [] : JSON.parse(text)
    return Array.isArray(value) ? value.filter(isStored) : []
  } catch {
    return []
  }
}
