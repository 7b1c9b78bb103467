import type { AskAnswer, LineRule, Outcome, StepName } from '@paycare/shared/rules'

/** An earlier call of the same subject that succeeded: what a later call refers to. */
export interface EarlierCall {
  readonly step: StepName
  readonly serial: string
  readonly tradeDate: string
  readonly ref: Readonly<Record<string, string>>
}

/** What is asked of the counterparty; frozen when the attempt begins, the same at every send. */
export interface CallContent {
  readonly institution: string
  readonly personId: string
  readonly amountFen: number
  /** Channel-specific conditions given when the subject was opened; the engine does not read them. */
  readonly terms: Readonly<Record<string, string>>
  readonly earlier: readonly EarlierCall[]
}

/** The identity of a call: the same serial and dates for ever, a new message number at every send and every question. */
export interface CallMark {
  readonly serial: string
  /** yyyyMMdd of the first send, also in questions on later days. */
  readonly tradeDate: string
  readonly firstSentAtMs: number
  readonly msgId: string
}

/** The counterparty's clock as far as its answers tell: its time is ours and the offset. */
export interface LineClock {
  readonly offsetMs: number
  /** So far apart that nothing new may be opened; what is open is asked about all the same. */
  readonly isAstray: boolean
}

/** One channel of money (`engine.md §5`): it knows the wire and no state. */
export interface Line {
  send(step: StepName, content: CallContent, mark: CallMark): Promise<Outcome>
  ask(step: StepName, content: CallContent, mark: CallMark): Promise<AskAnswer>
  readonly rule: LineRule
  readonly clock: LineClock
  /** First letter of a serial, by kind of call. */
  readonly serialLetters: Readonly<Record<StepName, string>>
}
