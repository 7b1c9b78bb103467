/** What is known of a subject. Facts, never wishes. */
export type State = 'opening' | 'held' | 'paid' | 'released' | 'declined' | 'expired' | 'review'
/** What is wanted of a subject. Whoever wants something changes the goal and nothing else. */
export type Goal = 'hold' | 'paid' | 'gone'
/** One call at the counterparty. */
export type StepName = 'lock' | 'confirm' | 'cancel'

/** What a state and a goal ask for: a call, or an end without a call. */
export type Wanted = { readonly call: StepName } | { readonly end: State }

/** Where a call lands, and which amount of the subject it is about. */
export interface Landing {
  readonly succeeded: State
  /** `recheck`: the counterparty is asked how the subject stands before anything else is tried. */
  readonly refused: State | 'recheck'
  readonly amount: 'amountFen' | 'captureFen'
  /** It may begin, and be repeated, only before this instant of the hold's last evening (`day-cut.ts`). */
  readonly before?: 'deadlineMs' | 'guardMs'
}

/** A state table (`engine.md §4`): data only, one per kind of subject. An empty cell means that there is nothing to do. */
export interface Machine {
  readonly wanted: Readonly<Partial<Record<State, Readonly<Partial<Record<Goal, Wanted>>>>>>
  readonly lands: Readonly<Partial<Record<StepName, Landing>>>
  /** The step whose attempt is asked about in a recheck. */
  readonly recheckStep: StepName
  /** States in which no money is held or taken: the bill is free for another payment. */
  readonly free: readonly State[]
}

export const machines = {
  hold: {
    wanted: {
      opening: { hold: { call: 'lock' }, paid: { call: 'lock' }, gone: { end: 'released' } },
      held: { paid: { call: 'confirm' }, gone: { call: 'cancel' } },
    },
    lands: {
      lock: { succeeded: 'held', refused: 'declined', amount: 'amountFen', before: 'deadlineMs' },
      confirm: { succeeded: 'paid', refused: 'recheck', amount: 'captureFen', before: 'guardMs' },
      cancel: { succeeded: 'released', refused: 'recheck', amount: 'amountFen' },
    },
    recheckStep: 'lock',
    free: ['released', 'declined', 'expired'],
  },
} as const satisfies Record<string, Machine>

export type Kind = keyof typeof machines

export function machineOf(kind: Kind): Machine {
  return machines[kind]
}

/** Whether a payment in this state blocks another payment of the same bill. */
export function isLive(kind: Kind, state: State): boolean {
  return !machineOf(kind).free.includes(state)
}
