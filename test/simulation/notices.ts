import type { ProductFetch, Sandbox } from '../sandbox/index.ts'
import type { Reach } from './his-actor.ts'
import type { Seeded } from './seeded.ts'
import type { Timeline } from './timeline.ts'
import type { Weather } from './weather.ts'

const answerWithinMs = 10_000
const soonMs = { least: 20, most: 900 }

/** The bank's pushes on their way to whichever process takes them: lost, unanswered, and repeated on the bank's own plan. */
export class Notices {
  readonly #timeline: Timeline
  readonly #random: Seeded
  readonly #reach: Reach
  readonly #weather: () => Weather
  #sandbox: Sandbox | undefined
  #dueAtMs = Number.POSITIVE_INFINITY
  constructor(timeline: Timeline, random: Seeded, reach: Reach, weather: () => Weather) {
    this.#timeline = timeline
    this.#random = random
    this.#reach = reach
    this.#weather = weather
  }

  /** From now on the pushes of this bank are sent. */
  serve(sandbox: Sandbox): void {
    this.#sandbox = sandbox
  }

  /** How the bank posts to the product. */
  readonly fetch: ProductFetch = async (url, init) => {
    const { requestLost, answerLost } = this.#weather().networkTo('bank')
    const u = this.#random.next()
    const sent = u < requestLost ? undefined : this.#reach(new Request(url, init))
    const silence = this.#timeline.sleep(answerWithinMs).then(() => undefined)
    const answer = await Promise.race([sent ?? silence, silence])
    if (!answer || u < requestLost + answerLost) throw new Error('no answer')
    return answer
  }

  /** Sends what waits at the bank when its time has come; called whenever something may wait. */
  look(): void {
    const pending = this.#sandbox?.bank.notifications.pending() ?? []
    if (pending.length === 0) return
    const bankMs = this.#timeline.now() + (this.#sandbox?.bank.skewMs() ?? 0)
    const waitMs = Math.max(0, Math.min(...pending.map((one) => one.dueAtMs)) - bankMs)
    const dueAtMs = this.#timeline.now() + waitMs + this.#random.within(soonMs.least, soonMs.most)
    if (dueAtMs >= this.#dueAtMs) return
    this.#dueAtMs = dueAtMs
    this.#timeline.after(dueAtMs - this.#timeline.now(), () => this.#send())
  }

  #send(): void {
    if (this.#timeline.now() < this.#dueAtMs) return
    this.#dueAtMs = Number.POSITIVE_INFINITY
    void this.#sandbox?.bank.notifications.deliverDue().then(() => this.look())
  }
}
