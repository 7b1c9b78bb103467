import Database from 'better-sqlite3'
import { createApp } from '@paycare/bff/app.ts'
import { bankKeysOf } from '@paycare/bff/config.ts'
import { buildContext } from '@paycare/bff/context.ts'
import { migrateSqlite } from '@paycare/bff/db/migrate.ts'
import { sqliteStore } from '@paycare/bff/db/sqlite.ts'
import { rsaProfile, type CryptoProfile } from '@paycare/bff/gateways/bank/crypto.ts'
import { pinoLog } from '@paycare/bff/log.ts'
import {
  configFromKeys,
  createSandbox,
  generateSandboxKeys,
  seededRandom,
  type Sandbox,
  type SandboxKeys,
} from '../sandbox/index.ts'
import { configFor, secretsFor } from '../world/settings.ts'
import { forgotten, violationsOf } from './check.ts'
import { beyondTheirTime } from './check-midnight.ts'
import { HisActor, type Ending } from './his-actor.ts'
import { Network, calmNetwork, type NetworkFaults } from './network.ts'
import { noneProfile } from './none-profile.ts'
import { PatientCrowd } from './patient-crowd.ts'
import { signUpResidents } from './people.ts'
import { SimulatedProcess } from './process.ts'
import { Seeded } from './seeded.ts'
import { Timeline } from './timeline.ts'

export interface SimulationOptions {
  readonly seed: number
  /** How many orders are written; each revision of an order is a payment of its own. */
  readonly payments: number
  /** How many registrations patients make online beside them. */
  readonly registrations: number
  readonly profile: 'NONE' | 'BOCOM_RSA'
  readonly faults: boolean
}

export interface SimulationReport {
  readonly seed: number
  readonly payments: number
  readonly violations: readonly string[]
  readonly traceHash: string
  readonly crashes: number
  readonly events: number
  readonly virtualHours: number
  readonly states: Readonly<Record<string, number>>
  /** What was taken because HIS stated it on being asked. */
  readonly sweptFen: number
  readonly fates: Readonly<Record<string, number>>
}

const startMs = Date.UTC(2026, 10, 21, 0, 0, 0)
const bootMs = 1_500
const ordersPerVisit = 2
const crashProbability = 0.0006
const stormyNetwork: NetworkFaults = {
  notSent: 0.02,
  requestLost: 0.04,
  answerLost: 0.05,
  straggler: 0.05,
  outage: { everyMs: 240_000, forMs: 45_000 },
}
const hour = 3_600_000
const minute = 60_000
/** 24:00 of the simulated day in Shanghai; the bank's own clock is up to so much apart. */
const midnightMs = startMs + 16 * hour
const skewMostMs = 20_000
/** Two nights: a lock that reaches the bank after midnight ends at the next one. */
const longestMs = 60 * hour
/** A healthy run needs about a hundred events for each payment; one that needs far more never comes to rest. */
const eventsPerPaymentMost = 500

/** One seeded day of a hospital under faults and crashes, in one process under virtual time. */
export async function simulate(options: SimulationOptions): Promise<SimulationReport> {
  const run = new Run(options)
  await run.play()
  return run.report()
}

class Run {
  readonly #o: SimulationOptions
  readonly #random: Seeded
  readonly #timeline = new Timeline(startMs)
  readonly #keys: SandboxKeys
  readonly #sandbox: Sandbox
  readonly #network: Network
  readonly #connection = new Database(':memory:')
  readonly #secrets: ReturnType<typeof secretsFor>
  readonly #told: string[] = []
  readonly #log: string[] = []
  readonly #identities: string[] = []
  #process: SimulatedProcess | undefined
  #answer: ((request: Request) => Response | Promise<Response>) | undefined
  #stormy: boolean
  #crashes = 0
  #his: HisActor | undefined
  #patients: PatientCrowd | undefined

  constructor(options: SimulationOptions) {
    this.#o = options
    this.#random = new Seeded(options.seed)
    this.#stormy = options.faults
    this.#keys = generateSandboxKeys()
    this.#secrets = secretsFor(this.#keys)
    this.#connection.pragma('foreign_keys = ON')
    migrateSqlite(this.#connection)
    const where = { productBaseUrl: 'http://bff', redirectOrigins: ['http://bff'] }
    const config = { ...configFromKeys(this.#keys, where, { profile: options.profile }), seed: true }
    this.#sandbox = createSandbox(config, { clock: this.#timeline, random: seededRandom(`bank-${options.seed}`) })
    this.#network = new Network(
      this.#timeline,
      this.#random,
      this.#sandbox,
      options.faults ? stormyNetwork : calmNetwork,
    )
    this.#sandbox.bank.skew(this.#random.within(-skewMostMs, skewMostMs))
    if (options.faults) addBankFaults(this.#sandbox)
  }

  async play(): Promise<void> {
    const visits = Math.ceil(this.#o.payments / ordersPerVisit)
    const patients = new PatientCrowd({
      timeline: this.#timeline,
      random: this.#random,
      sandbox: this.#sandbox,
      reach: (request) => this.#reach(request),
    })
    this.#patients = patients
    const residents = signUpResidents(this.#sandbox, this.#random, Math.max(8, Math.ceil(visits / 4)))
    this.#identities.push(...residents.flatMap((one) => [one.name, one.idNumber]))
    const his = new HisActor({
      timeline: this.#timeline,
      random: this.#random,
      institution: 'jc-first',
      keys: this.#keys.institutions['jc-first'],
      reach: (request) => this.#reach(request),
      told: (payment) => this.#hear(payment.id, payment.state),
      state: (visitNo, amounts) => this.#sandbox.hospital.at('jc-first').stateAmounts(visitNo, amounts),
    })
    this.#his = his
    this.#boot()
    for (let at = 0; at < visits; at++) {
      const resident = residents[at % residents.length]
      const orders = Math.min(ordersPerVisit, this.#o.payments - at * ordersPerVisit)
      const { startsInMs, ending } = this.#story(at)
      if (resident) this.#timeline.after(startsInMs, () => void his.visit(`V${at}`, resident, orders, ending))
    }
    void patients.come(residents, this.#o.registrations)
    const calmInMs = visits * 900 + 45 * minute
    const eveningInMs = midnightMs - startMs - 130 * minute
    this.#timeline.after(calmInMs, () => this.#calmDown())
    const restInMs = calmInMs + 3 * hour
    if (restInMs < eveningInMs) {
      this.#timeline.after(restInMs, () => this.#told.push(...forgotten(this.#connection)))
    }
    this.#timeline.after(eveningInMs, () => this.#stormAgain())
    this.#timeline.after(midnightMs - startMs + 10 * minute, () => this.#calmDown())
    // The bank's day is over on its own clock, whichever side of ours it is.
    this.#timeline.after(midnightMs - startMs + skewMostMs, () => this.#told.push(...beyondTheirTime(this.#sandbox)))
    await this.#timeline.run(() => this.#over(his, visits))
  }

  /** Most visits are of the morning and end soon. Some run into midnight, some HIS never ends by itself. */
  #story(at: number): { startsInMs: number; ending: Ending } {
    const u = this.#random.next()
    const evening = (fromMs: number, forMs: number): number => midnightMs - fromMs + this.#random.within(0, forMs)
    if (u < 0.12) {
      const startsInMs = evening(125 * minute, 100 * minute) - startMs
      return { startsInMs, ending: { is: 'at', atMs: evening(20 * minute, 21 * minute) } }
    }
    const startsInMs = at * 900
    if (u < 0.16) return { startsInMs, ending: { is: 'late', atMs: evening(2 * hour, 45 * minute) } }
    if (u < 0.2) return { startsInMs, ending: { is: 'left', as: 'finished' } }
    if (u < 0.23) return { startsInMs, ending: { is: 'left', as: 'open' } }
    return { startsInMs, ending: u < 0.25 ? { is: 'left', as: 'silent' } : { is: 'soon' } }
  }

  /** The evening is as rough as the morning. */
  #stormAgain(): void {
    if (!this.#o.faults) return
    this.#stormy = true
    this.#network.faults = stormyNetwork
    addBankFaults(this.#sandbox)
  }

  /** The storm ends; whatever is in doubt must now come to rest. */
  #calmDown(): void {
    this.#stormy = false
    this.#network.faults = calmNetwork
    this.#sandbox.bank.faults.clear()
  }

  #over(his: HisActor, visits: number): boolean {
    const stories = this.#o.payments + this.#o.registrations
    const tooMany = this.#timeline.events > stories * eventsPerPaymentMost
    if (tooMany || this.#timeline.now() - startMs > longestMs) {
      this.#told.push(`6: not at rest after ${this.#timeline.events} events`)
      return true
    }
    if (this.#timeline.events % 200 !== 0 || his.done < visits || this.#network.underWay > 0) return false
    if ((this.#patients?.done ?? 0) < this.#o.registrations) return false
    return (
      this.#connection
        .prepare('select count(*) from wake where due_at < 9007199254740991 or lease_until > 0')
        .pluck()
        .get() === 0
    )
  }

  #boot(): void {
    const process = new SimulatedProcess(
      this.#timeline,
      this.#random,
      () => (this.#stormy ? crashProbability : 0),
      () => this.#crashed(),
    )
    this.#process = process
    const addresses = {
      bff: 'http://bff',
      bank: 'http://bank',
      pages: 'http://pages',
      hospital: 'http://hospital',
      wechat: 'http://wechat',
    }
    const x = buildContext(configFor(this.#keys, addresses, ':memory:'), this.#secrets, {
      clock: process.clock,
      random: this.#random,
      wire: this.#network.wireOf(process),
      native: process.native,
      store: process.store(
        sqliteStore(
          this.#connection,
          process.turns((error) => this.#told.push(error.message)),
        ),
      ),
      log: pinoLog('warn', { write: (line) => void this.#log.push(line) }),
      bankProfile: this.#profile(process),
    })
    this.#answer = createApp(x, { ready: true }).fetch
    x.worker.start()
  }

  #profile(process: SimulatedProcess): CryptoProfile {
    if (this.#o.profile === 'NONE') return noneProfile
    return rsaProfile(bankKeysOf(this.#secrets), this.#random, process.native)
  }

  #crashed(): void {
    this.#crashes++
    this.#process = undefined
    this.#timeline.trace('crash')
    this.#timeline.after(bootMs, () => this.#boot())
  }

  #reach(request: Request): Promise<Response> | undefined {
    return this.#process && this.#answer ? Promise.resolve(this.#answer(request)) : undefined
  }

  /** No payment that is told as failed or gone has an effect at the bank at that moment (`bank.md §5.8` 6). */
  #hear(paymentId: string, state: string): void {
    if (state !== 'declined' && state !== 'released' && state !== 'expired') return
    const serials = this.#connection
      .prepare(`select serial from attempt where subject_id = ? and step = 'lock'`)
      .pluck()
      .all(paymentId) as string[]
    for (const lock of this.#sandbox.bank.locks().filter((one) => serials.includes(one.serial))) {
      if (lock.state === 'LOCKED' || lock.state === 'CONFIRMED')
        this.#told.push(`6 ${paymentId}: told ${state}, bank has ${lock.state}`)
    }
  }

  #sweptFen(): number {
    const sum = this.#connection.prepare(
      `select coalesce(sum(p.paid_fen), 0) from payment p where p.state = 'paid' and exists
         (select 1 from journal j where j.subject_id = p.id and j.event = 'aim:paid' and j.actor = 'sweep')`,
    )
    return Number(sum.pluck().get())
  }

  async report(): Promise<SimulationReport> {
    const books = {
      connection: this.#connection,
      store: sqliteStore(this.#connection),
      sandbox: this.#sandbox,
      wishes: this.#his?.wishes ?? [],
      identities: this.#identities,
      logText: this.#log.join(''),
    }
    const unexpected = [...(this.#his?.unexpected ?? []), ...(this.#patients?.unexpected ?? [])]
    const violations = [...this.#told, ...unexpected, ...(await violationsOf(books))]
    const states = this.#connection
      .prepare('select state, count(*) as n from payment group by state order by state')
      .all() as {
      state: string
      n: number
    }[]
    return {
      seed: this.#o.seed,
      payments: states.reduce((sum, row) => sum + row.n, 0),
      violations,
      traceHash: this.#timeline.traceHash(),
      crashes: this.#crashes,
      events: this.#timeline.events,
      virtualHours: (this.#timeline.now() - startMs) / 3_600_000,
      sweptFen: this.#sweptFen(),
      states: Object.fromEntries(states.map((row) => [row.state, row.n])),
      fates: Object.fromEntries([...this.#network.fates].sort()),
    }
  }
}

/** The bank's own faults, on every call and every question. */
function addBankFaults(sandbox: Sandbox): void {
  const { faults } = sandbox.bank
  for (const api of ['lock', 'confirm', 'cancel'] as const) {
    faults.add({ api, kind: 'EXECUTE_THEN_PROCESSING', probability: 0.03, afterQueries: 2 })
    faults.add({ api, kind: 'EXECUTE_THEN_PROCESSING', probability: 0.02, final: 'FAIL', afterMs: 20_000 })
    faults.add({ api, kind: 'QUERY_LAGS', probability: 0.05, lagMs: 60_000 })
    faults.add({ api, kind: 'DROP_BEFORE', probability: 0.02 })
    faults.add({ api, kind: 'EXECUTE_THEN_DROP', probability: 0.03 })
  }
  faults.add({ api: '*', kind: 'ADPTSY_0003', probability: 0.01, phase: 'before' })
  faults.add({ api: '*', kind: 'ADPTSY_0004', probability: 0.01, phase: 'after' })
  faults.add({ api: '*', kind: 'BAD_SIGN', probability: 0.01 })
  faults.add({ api: '*', kind: 'HTTP_502_HTML', probability: 0.005 })
  faults.add({ api: '*', kind: 'TRUNCATED_JSON', probability: 0.005 })
}
