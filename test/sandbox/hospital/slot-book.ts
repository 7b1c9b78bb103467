import type { SandboxClock } from '../clock.ts'
import { date8 } from '../day.ts'
import type { Department } from './departments.ts'
import { periods, sessionOf, slotOf, type Session, type Slot } from './timetable.ts'

const DAY_MS = 86_400_000
const DAYS_AHEAD = 7

/** A slot with its session. */
export interface Place {
  readonly session: Session
  readonly slot: Slot
}

/** A session as it stands now: what has begun or is held is not free. */
export interface OpenSession extends Session {
  readonly leftCount: number
}

interface Hold {
  readonly by: string
  /** Null: for good. */
  readonly untilMs: number | null
}

/** Which slots of an institution are free. A slot belongs to at most one registration; a hold ends by itself on time. */
export class SlotBook {
  readonly departments: readonly Department[]
  readonly #clock: SandboxClock
  readonly #holds = new Map<string, Hold>()

  constructor(departments: readonly Department[], clock: SandboxClock) {
    this.departments = departments
    this.#clock = clock
  }

  /** Seven days from today on, `yyyyMMdd`. */
  days(): string[] {
    return Array.from({ length: DAYS_AHEAD }, (_, at) => date8(this.#clock.now() + at * DAY_MS))
  }

  /** Sessions of a department in the days that can be booked; those whose last slot has begun are left out. */
  sessions(department: Department): OpenSession[] {
    return this.days().flatMap((day) =>
      department.doctors.flatMap((doctor) =>
        periods.flatMap((period) => {
          const session = sessionOf(department, doctor, day, period)
          if (!session || (session.slots.at(-1)?.startsAtMs ?? 0) <= this.#clock.now()) return []
          return [{ ...session, leftCount: session.slots.filter((slot) => this.isFree(slot)).length }]
        }),
      ),
    )
  }

  /** A slot that can be or could have been booked; null when it is unknown or its day is not open yet. */
  find(slotNo: string): Place | null {
    const place = slotOf(this.departments, slotNo)
    return place && place.session.day <= (this.days().at(-1) ?? '') ? place : null
  }

  isFree(slot: Slot): boolean {
    if (slot.isTakenElsewhere || slot.startsAtMs <= this.#clock.now()) return false
    const hold = this.#holds.get(slot.slotNo)
    return hold === undefined || (hold.untilMs !== null && hold.untilMs <= this.#clock.now())
  }

  /** Holds a slot for a registration until an instant, or for good; a hold of its own is replaced. */
  hold(slot: Slot, by: string, untilMs: number | null): void {
    this.#holds.set(slot.slotNo, { by, untilMs })
  }

  /** Lets go what this registration holds, and nothing that somebody else took meanwhile. */
  release(slot: Slot, by: string): void {
    if (this.#holds.get(slot.slotNo)?.by === by) this.#holds.delete(slot.slotNo)
  }
}
