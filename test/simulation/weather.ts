import type { FaultRuleInput, NotifySwitchInput, Sandbox } from '../sandbox/index.ts'
import type { Counts } from './counts.ts'
import { bankSkewMostMs } from './day.ts'
import type { NetworkFaults } from './network.ts'
import type { Troubles } from './process.ts'
import type { Seeded } from './seeded.ts'
import type { Timeline } from './timeline.ts'

const calmNetwork: NetworkFaults = { notSent: 0, requestLost: 0, answerLost: 0, straggler: 0, outage: undefined }
const stormyNetwork: NetworkFaults = {
  notSent: 0.02,
  requestLost: 0.04,
  answerLost: 0.05,
  straggler: 0.05,
  outage: { everyMs: 240_000, forMs: 45_000, fromMs: 0 },
}
/** Rougher still, with an outage just when the last confirm may begin (23:58), and one when the day ends. */
const midnightNetwork: NetworkFaults = {
  ...stormyNetwork,
  requestLost: 0.09,
  answerLost: 0.15,
  straggler: 0.08,
  outage: { everyMs: 120_000, forMs: 45_000, fromMs: 80_000 },
}
/** In the morning the way to the hospital is rougher: fewer calls go there, and each must meet everything. */
const roughWay = { notSent: 0.07, requestLost: 0.1, answerLost: 0.1, straggler: 0.1 } as const
const calmProcess: Troubles = { crash: 0, freeze: 0 }
const stormyProcess: Troubles = { crash: 0.0006, freeze: 0.0012 }

const moneyCalls = ['lock', 'confirm', 'cancel'] as const
const bankCalls = [...moneyCalls, 'querySign', 'postPayQuery'] as const
const adapters = ['ADPTSY_0003', 'ADPTSY_0004', 'ADPTSY_0005', 'ADPTSY_0006', 'ADPTSY_0008'] as const
const spoilt = ['HTTP_502_HTML', 'TRUNCATED_JSON', 'BAD_SIGN', 'WRONG_KEY_ID'] as const
const phases = ['before', 'after'] as const
const notices = { lock: 'LOCK_RESULT', confirm: 'CONFIRM_RESULT', cancel: 'CANCEL_RESULT' } as const
const pushes = ['DROP', 'DUPLICATE', 'DELAY', 'EARLY', 'FORGE', 'REORDER'] as const

/** Refused in the end though taken in: what a call is whose answer was lost must then be asked. There are fewer cancels than locks. */
const failsSoon = { lock: 0.01, confirm: 0.05, cancel: 0.17 } as const

/** How the kinds of the bank's pushes are called in `bank.md §6`. */
const pushNames: Readonly<Record<(typeof pushes)[number], string>> = {
  DROP: 'NOTIFY_NEVER',
  DUPLICATE: 'DUPLICATE_NOTIFY',
  DELAY: 'NOTIFY_DELAYED',
  EARLY: 'NOTIFY_BEFORE_REPLY',
  FORGE: 'NOTIFY_FORGED',
  REORDER: 'NOTIFY_REORDERED',
}

/** The bank's own faults, with the name under which each is counted (`bank.md §6`). */
function bankRules(): { name: string; rule: FaultRuleInput }[] {
  const rules: { name: string; rule: FaultRuleInput }[] = []
  const add = (name: string, rule: FaultRuleInput): void => void rules.push({ name: `call ${rule.api} ${name}`, rule })
  for (const api of moneyCalls) {
    const processing = { api, kind: 'EXECUTE_THEN_PROCESSING' } as const
    add('EXECUTE_THEN_PROCESSING SUCCESS', { ...processing, probability: 0.03, afterQueries: 2 })
    add('EXECUTE_THEN_PROCESSING SUCCESS', { ...processing, probability: 0.01, afterMs: 90_000 })
    add('EXECUTE_THEN_PROCESSING FAIL', { ...processing, probability: 0.02, final: 'FAIL', afterMs: 20_000 })
    add('EXECUTE_THEN_PROCESSING FAIL', { ...processing, probability: failsSoon[api], final: 'FAIL', afterMs: 500 })
    add('EXECUTE_THEN_DROP', { api, kind: 'EXECUTE_THEN_DROP', probability: 0.03 })
    add('QUERY_LAGS', { api, kind: 'QUERY_LAGS', probability: 0.05, lagMs: 60_000 })
  }
  for (const api of bankCalls) {
    add('DROP_BEFORE', { api, kind: 'DROP_BEFORE', probability: 0.015 })
    add('EXECUTE_THEN_DROP', { api, kind: 'EXECUTE_THEN_DROP', probability: 0.02 })
    add('RATE_LIMIT', { api, kind: 'RATE_LIMIT', probability: 0.015 })
    add('DELAY', { api, kind: 'DELAY', probability: 0.01, delayMs: 6_000 })
    add('DELAY', { api, kind: 'DELAY', probability: 0.005, delayMs: 12_000 })
    for (const phase of phases) {
      for (const kind of adapters) add(`ADPTSY ${phase}`, { api, kind, phase, probability: 0.002 })
      for (const kind of spoilt) add(kind, { api, kind, phase, probability: 0.007 })
    }
  }
  return rules
}

/** Everything that can go wrong, by how often it does: the network, the bank, its pushes, its clock, and our processes. */
export class Weather {
  process = calmProcess
  #network = calmNetwork
  readonly #timeline: Timeline
  readonly #random: Seeded
  readonly #sandbox: Sandbox
  readonly #counts: Counts
  #names = new Map<string, string>()
  #isStormy = false
  #isMorning = true
  constructor(timeline: Timeline, random: Seeded, sandbox: Sandbox, counts: Counts) {
    this.#timeline = timeline
    this.#random = random
    this.#sandbox = sandbox
    this.#counts = counts
  }

  /** The network on the way to the bank, or to anybody else. */
  networkTo(counterparty: 'bank' | 'others'): NetworkFaults {
    return counterparty === 'bank' || !this.#isMorning ? this.#network : { ...this.#network, ...roughWay }
  }

  storm(): void {
    this.#network = stormyNetwork
    this.process = stormyProcess
    this.#isStormy = true
    const { faults } = this.#sandbox.bank
    this.#names = new Map(bankRules().map(({ name, rule }) => [faults.add(rule).id, name]))
  }

  /** The storm of the evening becomes rougher still. */
  midnight(): void {
    this.#network = midnightNetwork
  }

  /** The storm ends; whatever is in doubt must now come to rest. */
  calm(): void {
    this.count()
    this.#network = calmNetwork
    this.#isMorning = false
    this.process = calmProcess
    this.#isStormy = false
    const { faults, notifications } = this.#sandbox.bank
    faults.clear()
    notifications.switches.clear()
    notifications.all = false
  }

  /** A call reached the bank: some of the pushes about such calls will go wrong, and for a while it pushes about all of them. */
  onCall(name: string): void {
    const { notifications } = this.#sandbox.bank
    const call = moneyCalls.find((one) => one === name)
    if (!this.#isStormy || call === undefined) return
    if (this.#random.chance(0.01)) notifications.all = this.#random.chance(0.2)
    if (!this.#random.chance(0.12)) return
    const kind = pushes[this.#random.within(0, pushes.length - 1)] ?? 'DROP'
    const input: NotifySwitchInput = { type: notices[call], kind, times: 1 }
    notifications.switches.add(input)
  }

  /** The bank's clock wanders until `untilMs`, and for a minute now and then it is so far off that nothing may be opened. */
  wander(untilMs: number): void {
    const isAstray = this.#random.chance(0.1)
    const skewMs = isAstray ? 90_000 : this.#random.within(-bankSkewMostMs, bankSkewMostMs)
    this.#sandbox.bank.skew(skewMs)
    const forMs = isAstray ? 60_000 : this.#random.within(60_000, 600_000)
    this.#timeline.after(forMs, () => {
      if (this.#timeline.now() < untilMs) this.wander(untilMs)
      else this.#sandbox.bank.skew(this.#random.within(-bankSkewMostMs, bankSkewMostMs))
    })
  }

  /** Adds up how often each fault of the bank struck since the storm began. */
  count(): void {
    const { faults, notifications } = this.#sandbox.bank
    for (const { id, hits } of faults.list()) this.#counts.add(this.#names.get(id) ?? `rule ${id}`, hits)
    for (const { type, kind, hits } of notifications.switches.list()) {
      const call = moneyCalls.find((one) => notices[one] === type)
      this.#counts.add(`call ${call ?? 'other'} ${pushNames[kind]}`, hits)
    }
  }
}
