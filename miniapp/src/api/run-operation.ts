import type { OperationAnswer } from '@paycare/shared/contract'
import { ApiFailure } from './failure'
import type { OperationStore } from './operation-store'
import type { Keyed, Said, StoredOperation } from './stored-operation'

/** What came of saying something to the server. */
export type Ran<T> =
  | { readonly is: 'done'; readonly answer: T }
  /** Final: the server said no, and nothing happened. */
  | { readonly is: 'refused'; readonly failure: ApiFailure }
  /** The device knew that it had no connection: nothing was sent. */
  | { readonly is: 'offline' }
  /** Sent, and nobody knows what became of it: the status page finds out by this number. */
  | { readonly is: 'open'; readonly opId: string }

/** What became of an open operation. */
export type Resolved =
  | { readonly is: 'found'; readonly registrationId: string }
  | { readonly is: 'refused'; readonly failure: ApiFailure }
  /** Still no answer: ask again later, or sign in first. */
  | { readonly is: 'open'; readonly failure: ApiFailure | undefined }
  /** The server never saw it, and this device no longer knows what it said. */
  | { readonly is: 'gone' }

/** Every keyed operation answers with the registration that it is about. */
interface Numbered {
  readonly id: string
}

export interface OperationPorts {
  readonly store: OperationStore
  readonly nowMs: () => number
  readonly newKey: () => Promise<string>
  readonly isOffline: () => boolean
  /** Says it to the server with its key. */
  readonly say: (operation: StoredOperation) => Promise<Numbered>
  readonly ask: (key: string) => Promise<OperationAnswer>
}

export interface OperationDesk<A extends Numbered> {
  /** The operation about this subject whose answer is missing. */
  readonly find: (subject: string) => StoredOperation | undefined
  /** Says something for the first time; a subject with an open question is not asked about a second one. */
  readonly run: <O extends Keyed>(op: O, subject: string, said: Said<O>) => Promise<Ran<A>>
  /** Finds out what became of an open operation, and says it again, unchanged, if the server never saw it. */
  readonly resolve: (opId: string) => Promise<Resolved>
  /** Forgets all of them, when the account leaves this device. */
  readonly forget: () => void
}

/**
 * Money is never asked for twice: an operation is stored before it is sent, repeated only with the same key and the same words, and
 * dropped only on a final answer.
 */
export function operationDesk<A extends Numbered>(
  ports: Omit<OperationPorts, 'say'> & { readonly say: (operation: StoredOperation) => Promise<A> },
): OperationDesk<A> {
  const { store } = ports
  const find = (subject: string): StoredOperation | undefined => store.list().find((one) => one.subject === subject)

  async function send(operation: StoredOperation): Promise<Ran<A>> {
    try {
      const answer = await ports.say(operation)
      store.drop(operation.id)
      return { is: 'done', answer }
    } catch (error) {
      if (!(error instanceof ApiFailure) || error.kind !== 'refused' || error.signedOut) {
        return { is: 'open', opId: operation.id }
      }
      store.drop(operation.id)
      return { is: 'refused', failure: error }
    }
  }

  return {
    find,
    run: async (op, subject, said) => {
      const id = await ports.newKey()
      // From here to the store nothing is awaited: two taps cannot both find the subject free.
      const open = find(subject)
      if (open) return { is: 'open', opId: open.id }
      if (ports.isOffline()) return { is: 'offline' }
      const operation = { id, op, subject, said, createdAtMs: ports.nowMs() }
      store.add(operation)
      return send(operation)
    },
    resolve: async (opId) => {
      const known = store.list().find((one) => one.id === opId)
      try {
        const { found, registrationId } = await ports.ask(opId)
        if (found && registrationId !== null) {
          store.drop(opId)
          return { is: 'found', registrationId }
        }
      } catch (error) {
        return { is: 'open', failure: error instanceof ApiFailure ? error : undefined }
      }
      if (!known) return { is: 'gone' }
      const ran = await send(known)
      if (ran.is === 'done') return { is: 'found', registrationId: ran.answer.id }
      return ran.is === 'refused' ? ran : { is: 'open', failure: undefined }
    },
    forget: () => store.list().forEach(({ id }) => store.drop(id)),
  }
}
