import { spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { freePort } from '../demo/ports.ts'
import { environmentOf } from '../demo/environment.ts'
import {
  configFromKeys,
  createSandbox,
  generateSandboxKeys,
  seededRandom,
  serveSandbox,
  type Sandbox,
  type SandboxKeys,
} from '../sandbox/index.ts'
import { configFor, secretsFor } from '../world/settings.ts'
import { morningMs } from '../world/world.ts'

const preload = fileURLToPath(new URL('shifted-clock.mjs', import.meta.url))
const moneyCall = /\/(lock|confirm|cancel)\//

/** Programs of the BFF, each in one file. */
export interface Programs {
  readonly main: string
  readonly adopt: string
}

/** How a program ended, and what it said. */
export interface Ended {
  readonly code: number | null
  readonly text: string
}

/**
 * One deployment as an operator has it: a process of the BFF with its own database file, real HTTP to a sandbox of its own. All clocks of it run as
 * real time does, and jump together while no process lives: an outage of minutes costs no minutes.
 */
export class House {
  readonly folder: string
  readonly databaseFile: string
  readonly url: string
  readonly keys: SandboxKeys
  readonly sandbox: Sandbox
  /** Everything the processes logged. */
  logText = ''
  kills = 0
  /** Processes that ended though nobody told them to. */
  readonly unexpected: string[] = []
  readonly #programs: Programs
  readonly #env: Readonly<Record<string, string>>
  readonly #closeSandbox: () => Promise<void>
  readonly #calls: Set<ServerResponse>
  #shiftMs: number
  #child: ChildProcess | undefined

  private constructor(p: {
    folder: string
    url: string
    keys: SandboxKeys
    sandbox: Sandbox
    programs: Programs
    env: Record<string, string>
    calls: Set<ServerResponse>
    close: () => Promise<void>
    shiftMs: number
  }) {
    this.folder = p.folder
    this.databaseFile = join(p.folder, 'paycare.sqlite')
    this.url = p.url
    this.keys = p.keys
    this.sandbox = p.sandbox
    this.#programs = p.programs
    this.#env = p.env
    this.#calls = p.calls
    this.#closeSandbox = p.close
    this.#shiftMs = p.shiftMs
  }

  static async build(folder: string, seed: number, programs: Programs): Promise<House> {
    mkdirSync(folder)
    const keys = generateSandboxKeys()
    const url = `http://127.0.0.1:${await freePort(keptPortOf(seed))}`
    const house: { now: () => number } = { now: () => morningMs }
    const where = { productBaseUrl: url, redirectOrigins: [url] }
    const sandbox = createSandbox(configFromKeys(keys, where), {
      clock: { now: () => house.now() },
      random: seededRandom(`house-${seed}`),
    })
    const calls = new Set<ServerResponse>()
    const running = await serveSandbox(sandbox, { notifies: false, onBankCall: (...call) => watch(calls, ...call) })
    const at = (port: number): string => `http://127.0.0.1:${port}`
    const { data, pages, hospital, wechat } = running.ports
    const addresses = { bff: url, bank: at(data), pages: at(pages), hospital: at(hospital), wechat: at(wechat) }
    const config = configFor(keys, addresses, join(folder, 'paycare.sqlite'))
    const env = {
      ...environmentOf(config, secretsFor(keys), join(folder, 'institutions.json')),
      INTENT_LOG_DIR: join(folder, 'intents'),
    }
    const shiftMs = morningMs - Date.now()
    const close = () => running.close()
    const built = new House({ folder, url, keys, sandbox, programs, env, calls, close, shiftMs })
    house.now = () => built.now()
    return built
  }

  /** What time it is in this house. */
  now(): number {
    return Date.now() + this.#shiftMs
  }

  /** Nobody lives while `ms` pass. */
  outage(ms: number): void {
    if (this.#child) throw new Error('an outage is between two lives')
    this.#shiftMs += ms
  }

  /** Resolves when at least so many money calls are under way at the bank, or after `mostMs`. */
  async busy(calls: number, mostMs: number): Promise<void> {
    const untilMs = Date.now() + mostMs
    while (this.#calls.size < calls && Date.now() < untilMs) await sleep(2)
  }

  /** Starts a process; resolves true when it listens, false when it ended before. */
  start(): Promise<boolean> {
    const child = this.#spawn(this.#programs.main)
    this.#child = child
    return new Promise((resolve) => {
      const listener = (chunk: Buffer): void => {
        if (!chunk.includes('"listening"')) return
        child.stdout?.off('data', listener)
        resolve(true)
      }
      child.stdout?.on('data', listener)
      child.once('close', (code, signal) => {
        if (signal !== 'SIGKILL') this.unexpected.push(`a process ended with ${code ?? signal}`)
        resolve(false)
      })
    })
  }

  /** `kill -9`. */
  async kill(): Promise<void> {
    const child = this.#child
    if (!child) throw new Error('nobody lives')
    const isGone = child.exitCode !== null
    const gone = isGone ? undefined : new Promise((resolve) => child.once('close', resolve))
    child.kill('SIGKILL')
    await gone
    this.#child = undefined
    this.kills++
  }

  /** Runs a program of the BFF to its end, beside no process. */
  run(program: keyof Programs): Promise<Ended> {
    const child = this.#spawn(this.#programs[program])
    let text = ''
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (text += chunk.toString()))
    return new Promise((resolve) => child.once('close', (code) => resolve({ code, text })))
  }

  /** Reads the database file while a process may be writing it. */
  look<T>(read: (connection: Database.Database) => T): T {
    const connection = new Database(this.databaseFile, { readonly: true })
    try {
      return read(connection)
    } finally {
      connection.close()
    }
  }

  /** Reads the database file when nobody writes it any more. */
  async audit<T>(read: (connection: Database.Database) => Promise<T>): Promise<T> {
    const connection = new Database(this.databaseFile)
    try {
      return await read(connection)
    } finally {
      connection.close()
    }
  }

  async close(): Promise<void> {
    if (this.#child) await this.kill()
    await this.#closeSandbox()
  }

  #spawn(program: string): ChildProcess {
    const env = { ...process.env, ...this.#env, CLOCK_SHIFT_MS: String(this.#shiftMs) }
    const child = spawn(process.execPath, ['--import', preload, program], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    const keep = (chunk: Buffer): void => void (this.logText += chunk.toString())
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    return child
  }
}

/** Below what systems hand out by themselves: while nobody lives, nobody else gets the port. */
function keptPortOf(seed: number): number {
  return 20_000 + ((process.pid * 31 + seed) % 12_000)
}

function watch(calls: Set<ServerResponse>, request: IncomingMessage, response: ServerResponse): void {
  if (!moneyCall.test(request.url ?? '')) return
  calls.add(response)
  response.once('close', () => calls.delete(response))
}
