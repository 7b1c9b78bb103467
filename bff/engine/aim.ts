import type { Goal } from '@paycare/shared/rules'
import type { Unit } from '../db/unit.ts'
import type { Actor, EngineContext } from './context.ts'
import { move } from './journal.ts'
import { takeOrWake } from './leases.ts'
import { readPaymentById } from './read.ts'
import type { Lease, Mutable, Payment } from './subject.ts'

/** The goal cannot be changed any more: the money has moved, or the subject is over. */
export class AimRefused extends Error {
  override readonly name = 'AimRefused'
}

/**
 * Changes what is wanted: the only thing modules, HIS, staff and the evening sweep do to a subject. Answers the lease when nobody else is at
 * work on it; otherwise whoever is looks again before it goes.
 */
export function* aim(
  x: EngineContext,
  subjectId: string,
  goal: Goal,
  by: Actor,
  captureFen?: number,
): Unit<{ subject: Payment; lease: Lease | undefined }> {
  const s = yield* readPaymentById(subjectId)
  const changes: Partial<Mutable> = {
    ...(goal === s.goal ? {} : { goal }),
    ...(captureFen === undefined || captureFen === s.captureFen ? {} : { captureFen }),
  }
  const nowMs = x.clock.now()
  if (Object.keys(changes).length === 0) return { subject: s, lease: yield* takeOrWake(subjectId, nowMs) }
  refuseBackwards(s, goal)
  const subject = yield* move(x, s, changes, { event: `aim:${goal}`, by, atMs: nowMs, ...amountOf(captureFen) })
  return { subject, lease: yield* takeOrWake(subjectId, nowMs) }
}

/** hold → paid, hold → gone and paid → gone, and only while nothing was taken (`engine.md §4`). */
function refuseBackwards(s: Payment, goal: Goal): void {
  const forward = s.goal === 'hold' || (s.goal === 'paid' && goal === 'gone')
  const undecided = s.state === 'opening' || s.state === 'held'
  if (!forward || !undecided) throw new AimRefused(`${s.id}: ${s.state}, ${s.goal} -> ${goal}`)
}

function amountOf(amountFen: number | undefined): { amountFen?: number } {
  return amountFen === undefined ? {} : { amountFen }
}
