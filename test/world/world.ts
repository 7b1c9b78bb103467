import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAdaptorServer } from '@hono/node-server'
import { createApp } from '@paycare/bff/app.ts'
import { bankProfileOf } from '@paycare/bff/bank-profile.ts'
import { databaseOf, type Config, type Secrets } from '@paycare/bff/config.ts'
import { buildContext, type AppContext } from '@paycare/bff/context.ts'
import { openStore } from '@paycare/bff/db/open.ts'
import type { Store } from '@paycare/bff/db/store.ts'
import { pinoLog } from '@paycare/bff/log.ts'
import { passThrough } from '@paycare/bff/ports/native.ts'
import { systemProcess, systemRandom } from '@paycare/bff/ports/system.ts'
import { undiciWire } from '@paycare/bff/ports/undici-wire.ts'
import {
  configFromKeys,
  createSandbox,
  generateSandboxKeys,
  seededRandom,
  serveSandbox,
  type Sandbox,
  type SandboxKeys,
  type SandboxPorts,
} from '../sandbox/index.ts'
import { AppClient } from './app-client.ts'
import type { BankDoor } from './bank-door.ts'
import { BankPen } from './bank-pen.ts'
import { HisClient } from './his-client.ts'
import { configFor, returnUrlsOf, secretsFor, withWebhooks, type Addresses, type BankProfile } from './settings.ts'
import { TestClock } from './test-clock.ts'

/** 2026-11-21 10:00 in Shanghai: a day with many hours before midnight. */
export const morningMs = Date.UTC(2026, 10, 21, 2, 0, 0)

/** The profile in which this run speaks with the bank; the test project `gm` runs journeys a second time under 国密. */
const profileOfRun: BankProfile = process.env['TEST_BANK_PROFILE'] === 'BOCOM_GM' ? 'BOCOM_GM' : 'BOCOM_RSA'

export interface WorldOptions {
  readonly sentinels?: boolean
  /** Whether the bank tells what is left of a quota. */
  readonly revealAvailable?: boolean
  readonly h5Dir?: string
  /** Where the data is kept instead of a SQLite file of its own; closed with the world. */
  readonly store?: Store
  /** Stands between the BFF and the bank; closed by the test. */
  readonly bankDoor?: BankDoor
  /** Whether the bank pushes notifications; delivered when a test says so (`sandbox.bank.notifications`). */
  readonly notifications?: boolean
  /** Whether the hospitals want to be told of changes. */
  readonly webhooks?: boolean
}

/**
 * Sandbox and BFF on loopback, over real HTTP, with one clock that moves only when a test says so. What happened is read where an outsider can
 * read it: in the answers, in the bank's own books, in the database file and in the log.
 */
export class World {
  readonly sandbox: Sandbox
  readonly keys: SandboxKeys
  readonly x: AppContext
  readonly url: string
  readonly clock: TestClock
  readonly logLines: string[]
  readonly databaseFile: string
  readonly #settings: Settings
  readonly #bffs: Bff[]
  readonly #close: () => Promise<void>

  private constructor(
    parts: Pick<World, 'sandbox' | 'keys' | 'x' | 'url' | 'clock' | 'logLines' | 'databaseFile'>,
    settings: Settings,
    bff: Bff,
    close: () => Promise<void>,
  ) {
    this.sandbox = parts.sandbox
    this.keys = parts.keys
    this.x = parts.x
    this.url = parts.url
    this.clock = parts.clock
    this.logLines = parts.logLines
    this.databaseFile = parts.databaseFile
    this.#settings = settings
    this.#bffs = [bff]
    this.#close = close
  }

  static async start(options: WorldOptions = {}): Promise<World> {
    const clock = new TestClock(morningMs)
    const keys = generateSandboxKeys()
    const server = await listening()
    const { sandbox, running } = await startSandbox(keys, server.url, clock, options)
    const folder = mkdtempSync(join(tmpdir(), 'paycare-world-'))
    const databaseFile = join(folder, 'paycare.sqlite')
    const addresses = addressesOf(server.url, running.ports)
    const bank = options.bankDoor ? await options.bankDoor.open(addresses.bank) : addresses.bank
    const plain = configFor(keys, { ...addresses, bank }, databaseFile, options.h5Dir, profileOfRun)
    const config = options.webhooks === true ? withWebhooks(plain) : plain
    const settings = { config, secrets: secretsFor(keys), clock, logLines: [] }
    const bff = await startBff(settings, server, options.store)
    const close = async () => {
      await running.close()
      rmSync(folder, { recursive: true, force: true })
    }
    const { logLines } = settings
    return new World({ sandbox, keys, x: bff.x, url: server.url, clock, logLines, databaseFile }, settings, bff, close)
  }

  /** Another process of the BFF on the same database, as far as database and counterparties can tell; answers its address. */
  async beside(store: Store): Promise<string> {
    const server = await listening()
    this.#bffs.push(await startBff(this.#settings, server, store))
    return server.url
  }

  /** HIS of one institution, as a program that speaks `/his/v1`. */
  his(institution = 'jc-first', url = this.url): HisClient {
    const [, pair] = Object.entries(this.keys.institutions).find(([id]) => id === institution) ?? []
    if (!pair) throw new Error(`no institution ${institution}`)
    return new HisClient(url, institution, pair, this.clock)
  }

  /** The bank's own hand, for messages that it writes to us and reads from us. */
  pen(keys = this.keys): BankPen {
    return new BankPen(keys, profileOfRun)
  }

  /** The app of a seeded person, signed in through WeChat's page with all cards bound. */
  signIn(openid: string): Promise<AppClient> {
    return AppClient.signIn(this.url, openid)
  }

  /** Lets `ms` pass: every timer in between fires, and what it starts comes to rest before time goes on. */
  async pass(ms: number): Promise<void> {
    const untilMs = this.clock.now() + ms
    await this.rest()
    while (this.clock.step(untilMs)) await this.rest()
  }

  /** Waits for everything under way to be stored. */
  async rest(): Promise<void> {
    await this.sandbox.bank.notifications.idle()
    // A place that is freed is a reason to look again.
    for (let isBusy = true; isBusy;) {
      for (const { x } of this.#bffs) await x.worker.quiet()
      isBusy = (await Promise.all(this.#bffs.map(({ x }) => x.engine.idle()))).includes(true)
    }
  }

  /** The database as bytes, write-ahead log included. */
  databaseBytes(): Buffer {
    return Buffer.concat([readFileSync(this.databaseFile), readFileSync(`${this.databaseFile}-wal`)])
  }

  async close(): Promise<void> {
    for (const bff of this.#bffs) await bff.close()
    await this.#close()
  }
}

async function startSandbox(keys: SandboxKeys, bffUrl: string, clock: TestClock, options: WorldOptions) {
  const bank = {
    profile: profileOfRun,
    sentinels: options.sentinels ?? false,
    revealAvailable: options.revealAvailable ?? false,
    returnUrls: returnUrlsOf(bffUrl),
    notifyBaseUrl: options.notifications === true ? bffUrl : null,
  }
  const config = configFromKeys(keys, { productBaseUrl: bffUrl, redirectOrigins: [bffUrl] }, bank)
  const sandbox = createSandbox(config, { clock, random: seededRandom('world') })
  return { sandbox, running: await serveSandbox(sandbox, { notifies: false }) }
}

function addressesOf(bff: string, ports: SandboxPorts): Addresses {
  const at = (port: number) => `http://127.0.0.1:${port}`
  return { bff, bank: at(ports.data), pages: at(ports.pages), hospital: at(ports.hospital), wechat: at(ports.wechat) }
}

/** What all processes of the BFF have in common. */
interface Settings {
  readonly config: Config
  readonly secrets: Secrets
  readonly clock: TestClock
  readonly logLines: string[]
}

interface Bff {
  readonly x: AppContext
  close(): Promise<void>
}

/** The BFF as `main.ts` builds it, but for the clock and where the log goes. */
async function startBff(settings: Settings, server: Listening, store?: Store): Promise<Bff> {
  const { config, secrets, clock, logLines } = settings
  const log = pinoLog('info', { write: (line) => void logLines.push(line) })
  const process = systemProcess((error) => log.error({ error: error.message }, 'process ends'))
  const { wire, close: closeWire } = undiciWire()
  const x = buildContext(config, secrets, {
    clock,
    random: systemRandom,
    wire,
    native: passThrough,
    store: store ?? (await openStore(databaseOf(config, secrets), log, process)),
    log,
    bankProfile: bankProfileOf(config, secrets, systemRandom, passThrough),
  })
  server.answerWith(createApp(x, { ready: true }).fetch)
  x.worker.start()
  const close = async (): Promise<void> => {
    await x.worker.stop()
    await x.engine.idle()
    await server.close()
    await closeWire()
    await x.store.close()
  }
  return { x, close }
}

type Listening = Awaited<ReturnType<typeof listening>>
type Fetch = (request: Request) => Response | Promise<Response>

/** A server whose address is known before the app behind it is built. */
async function listening() {
  let answer: Fetch = () => new Response('not ready', { status: 503 })
  const server = createAdaptorServer({ fetch: (request) => answer(request) })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no address')
  return {
    url: `http://127.0.0.1:${address.port}`,
    answerWith: (fetch: Fetch) => {
      answer = fetch
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        if ('closeAllConnections' in server) server.closeAllConnections()
      }),
  }
}
