/** What is known of a payment. Facts, never wishes. */
export type PaymentState = 'opening' | 'held' | 'paid' | 'released' | 'declined' | 'expired' | 'review'
/** What is known of a refund. `waiting`: the counterparty could not do it yet; somebody has to say when it is tried again. */
export type RefundState = 'opening' | 'waiting' | 'refunded' | 'refused' | 'review'
export type State = PaymentState | RefundState
/** What is wanted of a subject. Whoever wants something changes the goal and nothing else. */
export type Goal = 'hold' | 'paid' | 'gone' | 'refunded'
/** One call at the counterparty. */
export type StepName = 'lock' | 'confirm' | 'cancel' | 'pay' | 'refund'

/** What a state and a goal ask for: a call, an end without a call, or a refund of all that was taken. */
export type Wanted = { readonly call: StepName } | { readonly end: State } | { readonly refundAll: true }

/** Where a call lands, and which amount of the subject it is about. */
export interface Landing {
  readonly succeeded: State
  /** `recheck`: the counterparty is asked how the subject stands before anything else is tried. */
  readonly refused: State | 'recheck'
  /** Where it waits until somebody says when to try again; left out: it tries again by itself after the line's pause. */
  readonly deferred?: State
  /** It goes once only: proved not executed, it lands here and a person decides (`product.md §7`). Left out: it goes again. */
  readonly notExecuted?: State
  readonly amount: 'amountFen' | 'captureFen'
  /** It may begin, and be repeated, only before this instant of the hold's last evening (`day-cut.ts`). */
  readonly before?: 'deadlineMs' | 'guardMs'
}

/** A state table (`engine.md §4`): data only, one per kind of subject. An empty cell means that there is nothing to do. */
export interface Machine {
  readonly wanted: Readonly<Partial<Record<State, Readonly<Partial<Record<Goal, Wanted>>>>>>
  readonly lands: Readonly<Partial<Record<StepName, Landing>>>
  /** The first call of all. */
  readonly opens: StepName
  /** The step whose attempt is asked about in a recheck; left out where nothing lands in one. */
  readonly recheckStep?: StepName
  /** States in which no money is held or taken: the bill is free for another payment, what a refund had reserved is free again. */
  readonly free: readonly State[]
}

export const machines = {
  /** 锁定, 确认, 取消 (C 二（一）3). */
  hold: {
    wanted: {
      opening: { hold: { call: 'lock' }, paid: { call: 'lock' }, gone: { end: 'released' } },
      held: { paid: { call: 'confirm' }, gone: { call: 'cancel' } },
      paid: { gone: { refundAll: true } },
    },
    lands: {
      lock: { succeeded: 'held', refused: 'declined', amount: 'amountFen', before: 'deadlineMs' },
      confirm: { succeeded: 'paid', refused: 'recheck', amount: 'captureFen', before: 'guardMs' },
      cancel: { succeeded: 'released', refused: 'recheck', amount: 'amountFen' },
    },
    opens: 'lock',
    recheckStep: 'lock',
    free: ['released', 'declined', 'expired'],
  },
  /** 支付 (C 二（四）1). */
  direct: {
    wanted: {
      opening: { paid: { call: 'pay' }, gone: { end: 'released' } },
      paid: { gone: { refundAll: true } },
    },
    lands: {
      pay: { succeeded: 'paid', refused: 'declined', notExecuted: 'declined', amount: 'amountFen' },
    },
    opens: 'pay',
    free: ['released', 'declined', 'expired'],
  },
  /** 退款 (C 二（一）5, 二（四）1（4）). */
  refund: {
    wanted: {
      opening: { refunded: { call: 'refund' } },
      waiting: { refunded: { call: 'refund' } },
    },
    lands: {
      refund: { succeeded: 'refunded', refused: 'refused', deferred: 'waiting', amount: 'amountFen' },
    },
    opens: 'refund',
    free: ['refunded', 'refused'],
  },
} as const satisfies Record<string, Machine>

export type Kind = keyof typeof machines
export type PaymentKind = Exclude<Kind, 'refund'>

export function machineOf(kind: Kind): Machine {
  return machines[kind]
}

/** Whether a payment in this state blocks another payment of the same bill. */
export function isLive(kind: Kind, state: State): boolean {
  return !machineOf(kind).free.includes(state)
}
