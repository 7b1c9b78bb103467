import { createHash } from 'node:crypto'

interface Event {
  readonly atMs: number
  readonly order: number
  readonly run: () => void
}

/** A look that changes nothing while nothing is due: such looks are passed over without being played. */
interface Poll {
  atMs: number
  readonly everyMs: number
  readonly run: () => void
}

const earlier = (a: Event, b: Event): boolean => a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order)

/**
 * The only time of a simulated world: a queue of events in order of time, then of birth. Between two events every promise that can settle has
 * settled, native work included, so that the order of things depends on the seed alone.
 */
export class Timeline {
  #nowMs: number
  #order = 0
  #native = 0
  #delivered: Promise<unknown> = Promise.resolve()
  readonly #heap: Event[] = []
  readonly #polls = new Set<Poll>()
  readonly #trace = createHash('sha256')
  /** Before this instant a poll finds nothing to do, unless an event comes first. */
  quietUntil: () => number = () => Number.POSITIVE_INFINITY
  events = 0
  constructor(startMs: number) {
    this.#nowMs = startMs
  }

  now(): number {
    return this.#nowMs
  }

  after(ms: number, run: () => void): void {
    this.#push({ atMs: this.#nowMs + Math.max(0, ms), order: this.#order++, run })
  }

  /** Runs once after `everyMs`, or a multiple of it when all looks in between would have found nothing. */
  poll(everyMs: number, run: () => void): void {
    this.#polls.add({ atMs: this.#nowMs + everyMs, everyMs, run })
  }

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(ms, resolve)
    })
  }

  /** Work that settles outside the microtask queue is counted, and delivered in the order in which it began: threads finish as they like. */
  native = <T>(work: Promise<T>): Promise<T> => {
    this.#native++
    const delivered = Promise.allSettled([work, this.#delivered]).then(() => {
      this.#native--
      return work
    })
    this.#delivered = delivered.catch(() => undefined)
    return delivered
  }

  trace(line: string): void {
    this.#trace.update(`${this.#nowMs} ${line}\n`)
  }

  traceHash(): string {
    return this.#trace.digest('hex').slice(0, 32)
  }

  /** Runs events until `over` says so or none is left. */
  async run(over: () => boolean): Promise<void> {
    for (;;) {
      this.#nextPolls()
      const event = this.#pop()
      if (!event) return
      this.#nowMs = event.atMs
      this.events++
      event.run()
      do await new Promise<void>((resolve) => setImmediate(resolve))
      while (this.#native > 0)
      if (over()) return
    }
  }

  /** Makes an event of every poll whose turn comes before the next event, as soon as it has something to find. */
  #nextPolls(): void {
    for (const poll of this.#polls) {
      const eventMs = this.#heap[0]?.atMs ?? Number.POSITIVE_INFINITY
      if (poll.atMs > eventMs) continue
      const quietMs = Math.min(eventMs, this.quietUntil())
      if (quietMs === Number.POSITIVE_INFINITY) continue
      poll.atMs += Math.max(0, Math.ceil((quietMs - poll.atMs) / poll.everyMs)) * poll.everyMs
      if (poll.atMs > eventMs) continue
      this.#polls.delete(poll)
      this.#push({ atMs: poll.atMs, order: this.#order++, run: poll.run })
    }
  }

  #push(event: Event): void {
    const heap = this.#heap
    let at = heap.length
    heap.push(event)
    while (at > 0) {
      const parent = (at - 1) >> 1
      const above = heap[parent]
      if (!above || earlier(above, event)) break
      heap[at] = above
      at = parent
    }
    heap[at] = event
  }

  #pop(): Event | undefined {
    const heap = this.#heap
    const top = heap[0]
    const last = heap.pop()
    if (!top || !last || heap.length === 0) return top
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      const left = heap[child]
      const right = heap[child + 1]
      if (!left) break
      if (right && earlier(right, left)) child++
      const smaller = heap[child]
      if (!smaller || earlier(last, smaller)) break
      heap[at] = smaller
      at = child
    }
    heap[at] = last
    return top
  }
}
