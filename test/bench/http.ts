import { partsOf } from './http-parts.ts'
import type { HisClient } from '../world/his-client.ts'
import { World } from '../world/world.ts'
import { compare, median, rateOf, roundsMost, type Rate } from './rounds.ts'
import type { Scratch } from './scratch.ts'
import { asRow, type Result } from './table.ts'

/** What HIS is told of each payment. */
const amountFen = 100
const inFlight = 16

/** Whole payments over real HTTP in one process, beside the sum of the parts that nobody can leave out. */
export async function httpSection(scratch: Scratch, payments: number): Promise<Result> {
  const world = await World.start()
  try {
    const his = new Visits(world.his())
    await his.pay(payments, inFlight)
    const parts = await partsOf(world, scratch, payments, inFlight)
    const measured: Record<string, number>[] = []
    const sumOfParts = async (): Promise<Rate> => {
      const microseconds = await parts.measure()
      measured.push(microseconds)
      return 1_000_000 / Object.values(microseconds).reduce((sum, one) => sum + one, 0)
    }
    await his.start(payments * roundsMost)
    const comparison = await compare(() => his.pay(payments, inFlight), sumOfParts)
    await parts.close()
    const row = asRow('whole payment over HTTP ÷ (1 ÷ Σ parts), SQLite, 16 in flight', 'payments/s', comparison, 0.3)
    return { rows: [row], notes: notesOf(1_000_000 / comparison.ours, measured) }
  } finally {
    await world.close()
  }
}

function notesOf(wholeUs: number, measured: readonly Record<string, number>[]): string[] {
  const names = Object.keys(measured[0] ?? {})
  return [
    `One payment over HTTP, 16 in flight, all parties in one process: ${Math.round(wholeUs)} µs. Its parts:`,
    ...names.map((name) => `- ${name}: ${Math.round(median(measured.map((one) => one[name] ?? 0)))} µs`),
  ]
}

/** Visits of one patient: begun beforehand, then ordered in and finished as fast as the BFF answers. */
export class Visits {
  readonly #his: HisClient
  #started = 0
  #paid = 0
  constructor(his: HisClient) {
    this.#his = his
  }

  async start(count: number): Promise<void> {
    const from = this.#started
    this.#started += count
    await rateOf(count, inFlight, async (at) => {
      const { status } = await this.#his.start(`V${from + at}`, '陈静')
      if (status !== 200) throw new Error(`a visit was refused: ${status}`)
    })
  }

  /** So many payments per second, from the order to the deduction; starts the visits that are missing before. */
  async pay(count: number, most: number): Promise<Rate> {
    const from = this.#paid
    this.#paid += count
    if (this.#paid > this.#started) await this.start(this.#paid - this.#started)
    return await rateOf(count, most, (at) => this.#payOne(`V${from + at}`))
  }

  async #payOne(visitNo: string): Promise<void> {
    const orderNo = `${visitNo}-1`
    await this.#his.order(visitNo, { orderNo, amountFen })
    const { status, body } = await this.#his.finish(visitNo, { [orderNo]: amountFen })
    if (status !== 200 || body.totals.paidFen !== amountFen) throw new Error(`a payment is not at rest: ${status}`)
  }
}
