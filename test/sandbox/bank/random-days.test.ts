import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AGREEMENT, bankWorld, CHILD, DAY_MS, HOSPITAL, MOTHER, type BankWorld } from './fixture.ts'
import { repayNow, settlePlan } from './debts/repayment.ts'
import { POSTING_RULES } from './posting-rules.ts'
import { isOpen } from './debts/plan.ts'

const kinds = [
  'lock',
  'confirm',
  'cancel',
  'pay',
  'refund',
  'again',
  'query',
  'processing',
  'repay',
  'settlePlan',
  'settle',
  'reserve',
  'hours',
  'day',
  'month',
] as const

interface Step {
  readonly kind: (typeof kinds)[number]
  /** Which of the things so far, and how large a part of an amount. */
  readonly pick: number
  readonly fen: number
  readonly yes: boolean
}

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(
    ...kinds,
    ...(['lock', 'confirm', 'pay', 'refund', 'refund', 'processing', 'day', 'repay'] as const),
  ),
  pick: fc.nat(1_000),
  fen: fc.integer({ min: 1, max: 120_000 }),
  yes: fc.boolean(),
})

/** A hospital that does anything, in any order, at any time. */
class Anything {
  readonly #world: BankWorld
  readonly #child: string
  #serials = 0
  #last: (() => unknown) | null = null

  constructor(world: BankWorld) {
    this.#world = world
    this.#child = world.childAgreement()
  }

  #serial(letter: string): string {
    this.#serials += 1
    return `${letter}${this.#serials}`
  }

  #send(call: () => unknown): void {
    this.#last = call
    call()
  }

  #draw(api: 'lock' | 'pay', { fen, yes }: Step): void {
    const { caller, call } = this.#world
    const serial = this.#serial(api === 'lock' ? 'L' : 'P')
    const [identity, agreement] = yes ? [MOTHER, AGREEMENT] : [CHILD, this.#child]
    const body =
      api === 'lock'
        ? caller.lockBody(serial, agreement, identity, fen)
        : caller.payBody(serial, agreement, identity, fen)
    this.#send(() => call(api, body))
  }

  #onLock(api: 'confirm' | 'cancel', { pick, fen }: Step): void {
    const locks = this.#world.bank.locks()
    const lock = locks[pick % Math.max(1, locks.length)]
    if (!lock) return
    const { caller, call } = this.#world
    const serial = this.#serial(api === 'confirm' ? 'C' : 'X')
    const identity = lock.agreementNo === AGREEMENT ? MOTHER : CHILD
    const amountFen = Math.max(1, Math.min(fen, lock.amountFen + 1))
    const body =
      api === 'confirm'
        ? caller.confirmBody(serial, lock.serial, identity, amountFen)
        : { ...caller.trade(serial), orig_mer_tran_no: lock.serial }
    this.#send(() => call(api, body))
  }

  #refund({ pick, fen, yes }: Step): void {
    const payments = this.#world.bank.payments()
    const payment = payments[pick % Math.max(1, payments.length)]
    if (!payment) return
    const { caller, call } = this.#world
    const amountFen = yes ? payment.amountFen - payment.refundedFen || 1 : fen
    const body = caller.refundBody(this.#serial('R'), payment.serial, payment.tradeDate, amountFen)
    this.#send(() => call('refund', body))
  }

  #query({ pick }: Step): void {
    const operations = [...this.#world.bank.desk().core.operations.pending()]
    const operation = operations[pick % Math.max(1, operations.length)]
    if (!operation) return
    const { group, serial, tradeDate } = operation
    if (group === 'pay') this.#world.payQuery(serial, tradeDate)
    else if (group === 'refund') this.#world.refundQuery(serial, tradeDate)
    else {
      const types = { lock: 'LOCK', confirm: 'CONFIRM', cancel: 'CANCEL' } as const
      const body = { query_type: types[group], mer_tran_no: serial, mer_trade_date: tradeDate }
      this.#world.call('postPayQuery', body)
    }
  }

  #settlePlan({ pick }: Step): void {
    const { core } = this.#world.bank.desk()
    const open = core.debts.account(AGREEMENT).plans.filter((plan) => plan.instalments.some(isOpen))
    const plan = open[pick % Math.max(1, open.length)]
    if (plan) settlePlan(core, AGREEMENT, plan)
  }

  #processing({ pick, fen, yes }: Step): void {
    const final = yes ? 'SUCCESS' : 'FAIL'
    const ends = pick % 2 === 0 ? { afterMs: fen * 1_000 } : { afterQueries: 1 }
    const api = pick % 3 === 0 ? '*' : 'refund'
    this.#world.bank.faults.add({ api, kind: 'EXECUTE_THEN_PROCESSING', final, times: 1, ...ends })
  }

  do(one: Step): void {
    const { bank, clock } = this.#world
    const acts: Record<Step['kind'], () => unknown> = {
      lock: () => this.#draw('lock', one),
      pay: () => this.#draw('pay', one),
      confirm: () => this.#onLock('confirm', one),
      cancel: () => this.#onLock('cancel', one),
      refund: () => this.#refund(one),
      again: () => this.#last?.(),
      query: () => this.#query(one),
      processing: () => this.#processing(one),
      repay: () => repayNow(bank.desk().core, AGREEMENT, one.fen),
      settlePlan: () => this.#settlePlan(one),
      settle: () => bank.settle(),
      reserve: () =>
        bank.putMerchant({ merPtcId: HOSPITAL, name: 'x', tier: '三级', suspended: false, reserve: one.yes }),
      hours: () => clock.advance(1 + (one.fen % 12) * 3_600_000),
      day: () => clock.advance(DAY_MS),
      month: () => clock.advance(31 * DAY_MS),
    }
    acts[one.kind]()
  }
}

function live(world: BankWorld, steps: readonly Step[], seen: Set<string>): void {
  const anything = new Anything(world)
  for (const [at, one] of steps.entries()) {
    anything.do(one)
    const { violations } = world.bank.invariants()
    expect(violations, `after step ${at}: ${one.kind}`).toEqual([])
  }
  for (const { event } of world.bank.ledger().postings) seen.add(event)
}

describe('whatever a hospital does in whatever order', () => {
  it.each(['SEED_STRICT', 'RESERVE_THEN_RECEIVABLE'] as const)(
    'keeps every invariant of bank.md §5.8 after every step over many days (%s)',
    (refundPolicy) => {
      const seen = new Set<string>()
      fc.assert(
        fc.property(fc.array(step, { minLength: 20, maxLength: 60 }), fc.boolean(), (steps, uniquePerDay) => {
          const world = bankWorld({ core: { uniquePerDay, revealAvailable: false, refundPolicy } })
          live(world, steps, seen)
        }),
        { numRuns: 40, seed: 20_261_121 },
      )
      const never = Object.keys(POSTING_RULES).filter((event) => !seen.has(event))
      expect(never).toEqual(['close'])
    },
    60_000,
  )
})
