import type { MiddlewareHandler } from 'hono'
import { z } from 'zod'
import { DELAY_HEADER, DROP_HEADER, DROP_STATUS } from '../bank/wire-answers.ts'

/** Endpoints of the hospital's own API. */
export const hospitalApis = [
  'match',
  'institution',
  'departments',
  'schedule',
  'slot',
  'reserve',
  'book',
  'paid',
  'desk',
  'cancel',
  'look',
  'amounts',
  'webhook',
  'refundAsk',
  'refundLook',
  'refundWithdraw',
] as const
/** An endpoint of the hospital's own API. */
export type HospitalApi = (typeof hospitalApis)[number]

/**
 * A fault of the hospital's own API: `dead` breaks the connection before anything is done, `silent` after it was done, `slow` answers after
 * `delayMs`, `error` answers 500 before anything is done, `gone` 410. It strikes `times` times, without it for ever.
 */
export const hospitalFault = z.strictObject({
  api: z.enum([...hospitalApis, '*']),
  kind: z.enum(['silent', 'dead', 'slow', 'error', 'gone']),
  times: z.int().positive().optional(),
  delayMs: z.int().positive().default(3_000),
})
/** A fault as written by a caller. */
export type HospitalFaultInput = z.input<typeof hospitalFault>
type HospitalFault = z.output<typeof hospitalFault> & { hits: number }

const dropped = (): Response => new Response(null, { status: DROP_STATUS, headers: { [DROP_HEADER]: '1' } })

/** Fault switches of one institution. */
export class HospitalFaults {
  #faults: HospitalFault[] = []

  add(input: HospitalFaultInput): void {
    this.#faults.push({ ...hospitalFault.parse(input), hits: 0 })
  }

  clear(): void {
    this.#faults = []
  }

  /** What is set, with the number of hits. */
  list(): readonly Readonly<HospitalFault>[] {
    return this.#faults
  }

  /** Lets an endpoint meet the oldest fault that is left for it. */
  at(api: HospitalApi): MiddlewareHandler {
    return async (c, next) => {
      const fault = this.#faults.find(
        (one) => (one.api === api || one.api === '*') && (one.times === undefined || one.hits < one.times),
      )
      if (!fault) return next()
      fault.hits += 1
      if (fault.kind === 'dead') return dropped()
      if (fault.kind === 'error') return c.json({ error: 'out of order' }, 500)
      if (fault.kind === 'gone') return c.json({ error: 'gone' }, 410)
      await next()
      if (fault.kind === 'silent') c.res = dropped()
      else c.header(DELAY_HEADER, String(fault.delayMs))
    }
  }
}
