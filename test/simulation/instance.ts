import type Database from 'better-sqlite3'
import { createApp } from '@paycare/bff/app.ts'
import { bankKeysOf, type Secrets } from '@paycare/bff/config.ts'
import { buildContext } from '@paycare/bff/context.ts'
import { rsaProfile, type CryptoProfile } from '@paycare/bff/gateways/bank/crypto.ts'
import type { Log } from '@paycare/bff/ports/log.ts'
import { resumeInbox } from '@paycare/bff/modules/credit/index.ts'
import type { SandboxKeys } from '../sandbox/index.ts'
import { configFor } from '../world/settings.ts'
import type { Network } from './network.ts'
import { noneProfile } from './none-profile.ts'
import { SimulatedProcess, type Troubles } from './process.ts'
import type { Seeded } from './seeded.ts'
import { sharedStore } from './shared-store.ts'
import type { Timeline } from './timeline.ts'

const bootMs = 1_500
const addresses = {
  bff: 'http://bff',
  bank: 'http://bank',
  pages: 'http://pages',
  hospital: 'http://hospital',
  wechat: 'http://wechat',
}

export interface InstanceParts {
  readonly timeline: Timeline
  readonly random: Seeded
  readonly network: Network
  readonly connection: Database.Database
  readonly keys: SandboxKeys
  readonly secrets: Secrets
  readonly profile: 'NONE' | 'BOCOM_RSA'
  readonly log: Log
  /** This machine's clock, whichever process lives on it. */
  readonly skewMs: number
  readonly troubles: () => Troubles
  /** Hears of what must never be: a commit that failed. */
  readonly told: (violation: string) => void
  readonly crashed: (process: SimulatedProcess) => void
  readonly frozen: () => void
}

/** One of the BFF's processes on its own machine: it dies, is started again, and goes on with what is stored. */
export class Instance {
  readonly #p: InstanceParts
  #answer: ((request: Request) => Response | Promise<Response>) | undefined
  constructor(parts: InstanceParts) {
    this.#p = parts
  }

  /** Starts a process as `bff/main.ts` does: what the bank told before is heard before anything new comes in. */
  boot(): void {
    const { timeline, random, network, keys, secrets, log } = this.#p
    const process: SimulatedProcess = new SimulatedProcess({
      timeline,
      random,
      skewMs: this.#p.skewMs,
      troubles: this.#p.troubles,
      onCrash: () => this.#crashed(process),
      onFreeze: this.#p.frozen,
    })
    const turns = process.turns((error) => this.#p.told(error.message))
    const x = buildContext(configFor(keys, addresses, ':memory:'), secrets, {
      clock: process.clock,
      random,
      wire: network.wireOf(process),
      native: process.native,
      store: process.store(sharedStore(this.#p.connection, turns, () => timeline.now())),
      log,
      bankProfile: this.#profile(process),
    })
    const { fetch } = createApp(x, { ready: true })
    void resumeInbox(x).then(() => {
      this.#answer = fetch
      x.worker.start()
    })
  }

  /** Its answer to a request; undefined when no process lives there. */
  reach(request: Request): Promise<Response> | undefined {
    return this.#answer && Promise.resolve(this.#answer(request))
  }

  #profile(process: SimulatedProcess): CryptoProfile {
    if (this.#p.profile === 'NONE') return noneProfile
    return rsaProfile(bankKeysOf(this.#p.secrets), this.#p.random, process.native)
  }

  #crashed(process: SimulatedProcess): void {
    this.#answer = undefined
    this.#p.crashed(process)
    this.#p.timeline.after(bootMs, () => this.boot())
  }
}
