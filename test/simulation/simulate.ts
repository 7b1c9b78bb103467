import Database from 'better-sqlite3'
import { NEVER } from '@paycare/bff/engine/index.ts'
import { migrateSqlite } from '@paycare/bff/db/migrate.ts'
import { sqliteStore } from '@paycare/bff/db/sqlite.ts'
import { pinoLog } from '@paycare/bff/log.ts'
import { configFromKeys, createSandbox, generateSandboxKeys, seededRandom, type Sandbox } from '../sandbox/index.ts'
import { secretsFor } from '../world/settings.ts'
import { forgotten, violationsOf, type Books } from './check.ts'
import { beyondTheirTime } from './check-midnight.ts'
import { Counts } from './counts.ts'
import {
  bankSkewMostMs,
  hoursOf,
  longestMs,
  machineSkewMostMs,
  midnightMs,
  ordersPerVisit,
  startMs,
  storyOf,
} from './day.ts'
import { countEdges, watchAttempts } from './edges.ts'
import { HisActor, type Reach } from './his-actor.ts'
import { Instance } from './instance.ts'
import { Listener } from './listener.ts'
import { Network } from './network.ts'
import { Notices } from './notices.ts'
import { PatientCrowd } from './patient-crowd.ts'
import { signUpResidents } from './people.ts'
import { reportOf, type SimulationOptions, type SimulationReport } from './report.ts'
import { Seeded } from './seeded.ts'
import { Timeline } from './timeline.ts'
import { Weather } from './weather.ts'

const minute = 60_000
/** A healthy run needs about a hundred events for each payment; one that needs far more never comes to rest. */
const eventsPerPaymentMost = 500
const overEveryMs = 10_000
const instances = 2
/** All days of this process; they decide nothing, so that a seed replays with any. */
const keys = generateSandboxKeys()

/** One seeded day of a hospital under faults and crashes: two processes of the BFF on one database, under virtual time. */
export async function simulate(options: SimulationOptions): Promise<SimulationReport> {
  const run = new Run(options)
  await run.play()
  return run.report()
}

class Run {
  readonly #o: SimulationOptions
  readonly #random: Seeded
  readonly #timeline = new Timeline(startMs)
  readonly #counts = new Counts()
  readonly #keys = keys
  readonly #connection = new Database(':memory:')
  readonly #sandbox: Sandbox
  readonly #weather: Weather
  readonly #network: Network
  readonly #listener: Listener
  readonly #instances: readonly Instance[]
  readonly #his: HisActor
  readonly #patients: PatientCrowd
  readonly #told: string[] = []
  readonly #log: string[] = []
  readonly #identities: string[] = []
  #lookAtMs = 0

  constructor(options: SimulationOptions) {
    this.#o = options
    this.#random = new Seeded(options.seed)
    this.#openDatabase()
    const notices = new Notices(this.#timeline, this.#random, this.#reach, () => this.#weather)
    this.#sandbox = this.#openSandbox(notices)
    this.#weather = new Weather(this.#timeline, this.#random, this.#sandbox, this.#counts)
    this.#network = new Network({
      timeline: this.#timeline,
      random: this.#random,
      sandbox: this.#sandbox,
      counts: this.#counts,
      faults: (counterparty) => this.#weather.networkTo(counterparty),
      reached: (name) => {
        this.#weather.onCall(name)
        notices.look()
      },
    })
    this.#listener = new Listener(this.#connection, this.#sandbox, this.#told)
    this.#instances = this.#machines()
    this.#his = this.#hospital()
    const { timeline, random, sandbox } = this.#actorParts()
    this.#patients = new PatientCrowd({ timeline, random, sandbox, reach: this.#reach })
  }

  async play(): Promise<void> {
    const visits = Math.ceil(this.#o.payments / ordersPerVisit)
    const residents = signUpResidents(this.#sandbox, this.#random, Math.max(8, Math.ceil(visits / 4)))
    this.#identities.push(...residents.flatMap((one) => [one.name, one.idNumber]))
    if (this.#o.faults) this.#weather.storm()
    for (const instance of this.#instances) instance.boot()
    for (let at = 0; at < visits; at++) {
      const resident = residents[at % residents.length]
      const orders = Math.min(ordersPerVisit, this.#o.payments - at * ordersPerVisit)
      const { startsAtMs, ending } = storyOf(this.#random, at)
      if (resident) this.#at(startsAtMs, () => void this.#his.visit(`V${at}`, resident, orders, ending))
    }
    void this.#patients.come(residents, this.#o.registrations)
    this.#planWeather(visits)
    await this.#timeline.run(() => this.#isOver(visits))
    const open = visits - this.#his.done + this.#o.registrations - this.#patients.done
    if (open > 0) this.#told.push(`6: ${open} stories have no end`)
  }

  async report(): Promise<SimulationReport> {
    countEdges(this.#connection, this.#counts)
    const books: Books = {
      connection: this.#connection,
      store: sqliteStore(this.#connection),
      sandbox: this.#sandbox,
      wishes: this.#his.wishes,
      withoutCredit: this.#his.withoutCredit,
      acknowledged: this.#listener.acknowledged,
      identities: this.#identities,
      logText: this.#log.join(''),
    }
    const violations = [
      ...this.#told,
      ...this.#his.unexpected,
      ...this.#patients.unexpected,
      ...(await violationsOf(books)),
    ]
    this.#counts.add('acknowledged to HIS', this.#listener.acknowledged.size)
    return reportOf(this.#o, books, this.#network.harmed, this.#timeline, this.#counts, violations)
  }

  #openDatabase(): void {
    this.#connection.pragma('foreign_keys = ON')
    migrateSqlite(this.#connection)
    watchAttempts(this.#connection)
    const next = this.#connection
      .prepare(
        // Lane by lane, as the index has them: this is asked before every event.
        `with recursive lane_of (lane) as (
           select min(lane) from wake
           union all
           select (select min(wake.lane) from wake where wake.lane > lane_of.lane) from lane_of where lane is not null
         )
         select min((select case when lease_until > 0 then lease_until else due_at end as look from wake
           where wake.lane = lane_of.lane order by look limit 1)) from lane_of where lane is not null`,
      )
      .pluck()
    this.#timeline.quietUntil = () => {
      const dueAtMs = Number(next.get() ?? NEVER)
      return dueAtMs >= NEVER ? Number.POSITIVE_INFINITY : dueAtMs
    }
  }

  #openSandbox(notices: Notices): Sandbox {
    const where = { productBaseUrl: 'http://bff', redirectOrigins: ['http://bff'] }
    const bank = { profile: this.#o.profile, notifyBaseUrl: 'http://bff' }
    const config = { ...configFromKeys(this.#keys, where, bank), seed: true }
    const random = seededRandom(`bank-${this.#o.seed}`)
    const sandbox = createSandbox(config, { clock: this.#timeline, random, fetch: notices.fetch })
    notices.serve(sandbox)
    sandbox.bank.skew(this.#random.within(-bankSkewMostMs, bankSkewMostMs))
    return sandbox
  }

  #machines(): Instance[] {
    const secrets = secretsFor(this.#keys)
    return Array.from(
      { length: instances },
      () =>
        new Instance({
          timeline: this.#timeline,
          random: this.#random,
          network: this.#network,
          connection: this.#connection,
          keys: this.#keys,
          secrets,
          profile: this.#o.profile,
          log: pinoLog('warn', { write: (line) => this.#hearLog(line) }),
          skewMs: this.#random.within(-machineSkewMostMs, machineSkewMostMs),
          troubles: () => this.#weather.process,
          told: (violation) => void this.#told.push(violation),
          crashed: (process) => this.#crashed(this.#network.openCallsOf(process)),
          frozen: () => this.#counts.add('freeze'),
        }),
    )
  }

  #hospital(): HisActor {
    const known = this.#connection.prepare(`select 1 from bill where institution = ? and kind = 'order' and his_no = ?`)
    return new HisActor({
      timeline: this.#timeline,
      random: this.#random,
      institution: 'jc-first',
      keys: this.#keys.institutions['jc-first'],
      reach: this.#reach,
      told: (payment) => this.#listener.hear(payment),
      isKnown: (orderNo) => known.get('jc-first', orderNo) !== undefined,
      state: (visitNo, amounts) => this.#sandbox.hospital.at('jc-first').stateAmounts(visitNo, amounts),
    })
  }

  #actorParts() {
    return { timeline: this.#timeline, random: this.#random, sandbox: this.#sandbox }
  }

  /** Requests go to either process, whichever served the one before. */
  readonly #reach: Reach = (request) => this.#instances[this.#random.within(0, instances - 1)]?.reach(request)

  #planWeather(visits: number): void {
    const { calmMs, restMs, eveningMs } = hoursOf(visits)
    if (this.#o.faults) this.#weather.wander(calmMs)
    this.#at(calmMs, () => this.#weather.calm())
    if (restMs < eveningMs) this.#at(restMs, () => this.#told.push(...forgotten(this.#connection)))
    // The evening is as rough as the morning.
    if (this.#o.faults) this.#at(eveningMs, () => this.#weather.storm())
    if (this.#o.faults) this.#at(midnightMs - 8 * minute, () => this.#weather.midnight())
    this.#at(midnightMs + 10 * minute, () => this.#weather.calm())
    // The bank's day is over on its own clock, whichever side of ours it is.
    this.#at(midnightMs + bankSkewMostMs, () => this.#told.push(...beyondTheirTime(this.#sandbox)))
  }

  #at(atMs: number, run: () => void): void {
    this.#timeline.after(atMs - startMs, run)
  }

  #isOver(visits: number): boolean {
    const { events } = this.#timeline
    const tooMany = events > (this.#o.payments + this.#o.registrations) * eventsPerPaymentMost
    if (tooMany || this.#timeline.now() - startMs > longestMs) {
      this.#told.push(`6: not at rest after ${events} events`)
      return true
    }
    if (this.#timeline.now() < this.#lookAtMs || this.#his.done < visits || this.#network.underWay > 0) return false
    if (this.#patients.done < this.#o.registrations) return false
    this.#lookAtMs = this.#timeline.now() + overEveryMs
    const due = this.#connection.prepare(`select count(*) from wake where due_at < ${NEVER} or lease_until > 0`)
    return due.pluck().get() === 0
  }

  #hearLog(line: string): void {
    this.#log.push(line)
    if (line.includes('"lease lost"')) this.#counts.add('lease lost')
  }

  /** A crash between send and settle is one that nobody of this life will ever write an answer for. */
  #crashed(calls: readonly { readonly msgId: string; readonly name: string }[]): void {
    this.#timeline.trace('crash')
    this.#counts.add('crash')
    const unanswered = this.#connection.prepare(
      'select 1 from exchange where msg_id = ? and answered_at is null and attempt_id is not null',
    )
    const between = calls.filter(({ msgId }) => unanswered.get(msgId) !== undefined)
    if (between.length > 0) this.#counts.add('crash between send and settle')
    for (const { name } of between) this.#counts.add(`call ${name} CRASH`)
  }
}
