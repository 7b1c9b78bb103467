import { z } from 'zod'
import { noticeTypes, type NoticeType } from './notice.ts'

/** Ways in which notifications misbehave (bank.md §6). */
export const notifyFaultKinds = ['DROP', 'DUPLICATE', 'DELAY', 'EARLY', 'FORGE', 'REORDER'] as const
/** One of them. */
export type NotifyFaultKind = (typeof notifyFaultKinds)[number]

/** A switch as the control plane takes it. */
export const notifySwitchInput = z.strictObject({
  /** Left out: every type. */
  type: z.enum(noticeTypes).optional(),
  kind: z.enum(notifyFaultKinds),
  /** The switch is used up after so many hits; without it the switch stays. */
  times: z.int().positive().optional(),
  /** DELAY, and the longest that REORDER holds a notification back. */
  delayMs: z.int().positive().default(15_000),
  /** DUPLICATE: how many more. */
  copies: z.int().positive().default(1),
})

/** A switch as written. */
export type NotifySwitchInput = z.input<typeof notifySwitchInput>
/** A switch with its count of hits. */
export type NotifySwitch = z.output<typeof notifySwitchInput> & { hits: number }

/**
 * DROP never sends, DUPLICATE sends again under the same number, DELAY sends late, EARLY tells the end of an operation that still answers
 * PROCESSING (before its reply is out), FORGE spoils the signature of an attempt, REORDER waits until a later notification has gone out.
 */
export class NotifySwitches {
  #switches: NotifySwitch[] = []

  add(input: NotifySwitchInput): void {
    this.#switches.push({ ...notifySwitchInput.parse(input), hits: 0 })
  }

  clear(): void {
    this.#switches = []
  }

  list(): readonly NotifySwitch[] {
    return this.#switches
  }

  /** The first switch of this kind that still has a hit left; takes the hit. */
  take(kind: NotifyFaultKind, type: NoticeType): NotifySwitch | null {
    const found = this.#switches.find(
      (one) =>
        one.kind === kind &&
        (one.type === undefined || one.type === type) &&
        (one.times === undefined || one.hits < one.times),
    )
    if (found) found.hits += 1
    return found ?? null
  }
}
