import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { freePort } from '../demo/ports.ts'
import { environmentOf } from '../demo/environment.ts'
import {
  configFromKeys,
  createSandbox,
  generateSandboxKeys,
  serveSandbox,
  systemRandom,
  type Sandbox,
} from '../sandbox/index.ts'
import { HisClient } from '../world/his-client.ts'
import { configFor, secretsFor } from '../world/settings.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const wallClock = { now: () => Date.now() }

describe('a process of the BFF', () => {
  let folder: string
  let child: ChildProcess
  let env: Record<string, string>
  let sandbox: Sandbox
  let closeSandbox: () => Promise<void>
  let his: HisClient
  let url: string

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'paycare-process-'))
    const keys = generateSandboxKeys()
    const port = await freePort(0)
    url = `http://127.0.0.1:${port}`
    sandbox = createSandbox(configFromKeys(keys, { productBaseUrl: url, redirectOrigins: [url] }), {
      clock: wallClock,
      random: systemRandom,
    })
    const running = await serveSandbox(sandbox)
    closeSandbox = () => running.close()
    const at = (port: number) => `http://127.0.0.1:${port}`
    const addresses = {
      bff: url,
      bank: at(running.ports.data),
      pages: at(running.ports.pages),
      hospital: at(running.ports.hospital),
      wechat: at(running.ports.wechat),
    }
    const config = configFor(keys, addresses, join(folder, 'paycare.sqlite'))
    env = environmentOf(config, secretsFor(keys), join(folder, 'institutions.json'))
    child = bff({})
    his = new HisClient(url, 'jc-first', keys.institutions['jc-first'], wallClock)
    await ready()
  })
  afterEach(async () => {
    child.kill('SIGKILL')
    await closeSandbox()
    rmSync(folder, { recursive: true, force: true })
  })

  const status = (): Promise<number> =>
    fetch(`${url}/readyz`).then(
      (r) => r.status,
      () => 0,
    )
  const ready = (): Promise<void> => expect.poll(status, { timeout: 20_000 }).toBe(200)
  /** A process of its own, and no wrapper around it that would take a signal in its place. */
  const bff = (more: Record<string, string>): ChildProcess =>
    spawn(process.execPath, ['--import', import.meta.resolve('tsx'), join(root, 'bff/main.ts')], {
      env: { ...process.env, ...env, ...more },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
  /** Starts one that does not come up; answers its last words. */
  async function refused(more: Record<string, string>): Promise<string> {
    const second = bff({ PORT: String(await freePort(0)), ...more })
    let words = ''
    second.stderr?.on('data', (chunk: Buffer) => (words += chunk.toString()))
    expect(await new Promise((resolve) => second.once('close', resolve))).toBe(1)
    return words
  }

  it('is refused on a SQLite file that another one works on, and says what to do', async () => {
    expect(await refused({})).toContain('another process works on')
    const killed = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await killed
    child = bff({})
    await ready()
  })

  it('is refused without a database, and with two', async () => {
    const exactlyOne = 'exactly one of DATABASE_FILE and DATABASE_URL must be set'
    const words = await refused({ DATABASE_URL: 'postgres://paycare:secret-word@127.0.0.1/paycare' })
    expect(words).toContain(exactlyOne)
    expect(words).not.toContain('secret-word')
    delete env['DATABASE_FILE']
    expect(await refused({})).toContain(exactlyOne)
  })

  it('that is told to stop answers the order whose lock is under way, then ends by itself', async () => {
    await his.start('S1', '陈静')
    sandbox.bank.faults.add({ api: 'lock', kind: 'DELAY', delayMs: 1_500 })
    const ordered = his.order('S1', { orderNo: 'S1-1', amountFen: 2_000 })
    await expect.poll(() => sandbox.bank.locks().length, { timeout: 10_000 }).toBe(1)
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    expect((await ordered).body.order.payments[0]).toMatchObject({ state: 'held', certain: true })
    expect(await ended).toBe(0)
    await expect(fetch(`${url}/livez`)).rejects.toThrow()
  })
})
