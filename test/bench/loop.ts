import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { environmentOf } from '../demo/environment.ts'
import { freePort } from '../demo/ports.ts'
import {
  configFromKeys,
  createSandbox,
  generateSandboxKeys,
  serveSandbox,
  systemRandom,
  type SandboxPorts,
} from '../sandbox/index.ts'
import { HisClient } from '../world/his-client.ts'
import { configFor, secretsFor, type Addresses } from '../world/settings.ts'
import { Visits } from './http.ts'
import { median, roundsMost } from './rounds.ts'
import type { Scratch } from './scratch.ts'
import type { Result } from './table.ts'

const program = fileURLToPath(new URL('bff-process.ts', import.meta.url))
const wallClock = { now: () => Date.now() }
const inFlight = 16

/** What a process of the BFF tells of its event loop since it was last asked. */
export interface LoopDelay {
  readonly p99Ms: number
  readonly worstMs: number
}

/** The event loop of the real program under the load of the HTTP section, bank and HIS in another process. */
export async function loopSection(scratch: Scratch, payments: number): Promise<Result> {
  const keys = generateSandboxKeys()
  const url = `http://127.0.0.1:${await freePort(0)}`
  const where = { productBaseUrl: url, redirectOrigins: [url] }
  const running = await serveSandbox(
    createSandbox(configFromKeys(keys, where), { clock: wallClock, random: systemRandom }),
  )
  const config = configFor(keys, addressesOf(url, running.ports), scratch.file())
  const child = await startBff(environmentOf(config, secretsFor(keys), scratch.file()))
  try {
    const visits = new Visits(new HisClient(url, 'jc-first', keys.institutions['jc-first'], wallClock))
    await visits.pay(payments, inFlight)
    const rounds: (LoopDelay & { rate: number })[] = []
    for (let round = 0; round < roundsMost; round++) {
      await visits.start(payments)
      await delayOf(child)
      const rate = await visits.pay(payments, inFlight)
      rounds.push({ rate, ...(await delayOf(child)) })
    }
    return resultOf(rounds)
  } finally {
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    await gone
    await running.close()
  }
}

function resultOf(rounds: readonly (LoopDelay & { rate: number })[]): Result {
  const p99Ms = median(rounds.map((one) => one.p99Ms))
  const worstMs = Math.max(...rounds.map((one) => one.worstMs))
  const rate = median(rounds.map((one) => one.rate))
  const alone = { peer: null, bar: null }
  return {
    rows: [
      {
        what: 'event-loop delay of the BFF under load, p99',
        unit: 'ms',
        ours: p99Ms,
        peer: null,
        value: p99Ms,
        bar: { is: 'at most', limit: 20 },
      },
      { what: 'event-loop delay of the BFF under load, worst', unit: 'ms', ours: worstMs, value: worstMs, ...alone },
      {
        what: 'whole payment over HTTP, the BFF in a process of its own',
        unit: 'payments/s',
        ours: rate,
        value: rate,
        ...alone,
      },
    ],
    notes: [],
  }
}

function addressesOf(bff: string, ports: SandboxPorts): Addresses {
  const at = (port: number): string => `http://127.0.0.1:${port}`
  return { bff, bank: at(ports.data), pages: at(ports.pages), hospital: at(ports.hospital), wechat: at(ports.wechat) }
}

function startBff(env: Record<string, string>): Promise<ChildProcess> {
  const child = fork(program, {
    env: { ...process.env, ...env },
    execArgv: ['--import', import.meta.resolve('tsx')],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  return new Promise((resolve, reject) => {
    child.once('message', () => resolve(child))
    child.once('exit', (code) => reject(new Error(`the BFF ended (${code})`)))
  })
}

/** Asks for the delay since the last time. */
function delayOf(child: ChildProcess): Promise<LoopDelay> {
  return new Promise((resolve) => {
    child.once('message', (delay: LoopDelay) => resolve(delay))
    child.send('delay')
  })
}
