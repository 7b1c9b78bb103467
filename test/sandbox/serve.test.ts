import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import {
  BankCaller,
  configFromKeys,
  createSandbox,
  generateSandboxKeys,
  seededRandom,
  seedPeople,
  serveSandbox,
  systemRandom,
  type RunningSandbox,
} from './index.ts'

const keys = generateSandboxKeys()
const NOON = Date.UTC(2026, 10, 21, 4)
const config = configFromKeys(keys, { productBaseUrl: 'http://127.0.0.1:9', redirectOrigins: [] })
const sandbox = createSandbox(config, { clock: { now: () => NOON }, random: seededRandom('serve') })
const caller = new BankCaller({
  appId: 'app202611210001',
  merPtcId: '301510000000001',
  clock: sandbox.clock,
  random: systemRandom,
  keys: { appPrivateKey: keys.app.privateKey, gatewayPublicKey: keys.gateway.publicKey, identityKey: keys.identityKey },
})
let running: RunningSandbox

beforeAll(async () => {
  running = await serveSandbox(sandbox)
})
afterAll(() => running.close())

const query = () => {
  const mother = seedPeople[0]
  const identity = { name: mother?.name ?? '', certType: '01', certNo: mother?.idNumber ?? '' }
  return fetch(`http://127.0.0.1:${running.ports.data}/api/creditMed/querySign/v1`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' },
    body: caller.form('querySign', caller.identityBlock(identity)),
  })
}

describe('served sandbox', () => {
  it('answers the seeded principal over loopback', async () => {
    const reply = caller.open(await (await query()).text())
    expect(reply).toMatchObject({ verified: true, body: { sign_status: 'SIGNED', user_role: 'PRINCIPAL' } })
  })

  it('breaks the connection for a dropped answer', async () => {
    sandbox.bank.faults.add({ api: 'querySign', kind: 'DROP_BEFORE', times: 1 })
    await expect(query()).rejects.toThrow('fetch failed')
    expect((await query()).status).toBe(200)
  })

  it('shows the bank’s pages to people on a port of their own', async () => {
    const response = await fetch(`http://127.0.0.1:${running.ports.pages}/sms`)
    expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('演示银行，非真实')])
  })

  it('gives every seeded person the available quota of the seed', () => {
    const available = sandbox.bank.ledger().principals.map((one) => one.availableFen)
    expect(available).toEqual([1_861_500, 373_960, 12_345_678, 1, 6_000, 600_000, 880_000, 312_000])
    expect(sandbox.bank.invariants()).toEqual({ ok: true, violations: [] })
  })
})

describe('a served sandbox', () => {
  it.each([
    ['are delivered every second until it closes', {}, 2],
    ['are left to whoever moves the clock', { notifies: false }, 0],
  ])('%s', async (_name, options, deliveries) => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const notifying = configFromKeys(
      keys,
      { productBaseUrl: 'http://127.0.0.1:9', redirectOrigins: [] },
      { notifyBaseUrl: 'http://127.0.0.1:9' },
    )
    const other = createSandbox(notifying, { clock: { now: () => NOON }, random: seededRandom('notify') })
    const deliver = vi.spyOn(other.bank.notifications, 'deliverDue')
    const served = await serveSandbox(other, options)
    vi.advanceTimersByTime(2_500)
    await served.close()
    vi.advanceTimersByTime(2_500)
    expect(deliver).toHaveBeenCalledTimes(deliveries)
    vi.useRealTimers()
  })
})

describe('locks of a served sandbox', () => {
  it('end at midnight by its own timer, notifications or not', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const silent = configFromKeys(keys, { productBaseUrl: 'http://127.0.0.1:9', redirectOrigins: [] })
    const other = createSandbox(silent, { clock: { now: () => NOON }, random: seededRandom('timer') })
    const settle = vi.spyOn(other.bank.notifications, 'deliverDue')
    const served = await serveSandbox(other)
    vi.advanceTimersByTime(1_000)
    await served.close()
    expect(settle).toHaveBeenCalledTimes(1)
    vi.useRealTimers()
  })
})

describe('process of its own', () => {
  it('says where it listens and ends on SIGTERM', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-'))
    const file = join(folder, 'config.json')
    writeFileSync(file, JSON.stringify(config))
    const main = fileURLToPath(new URL('./main.ts', import.meta.url))
    const child = spawn(process.execPath, ['--import', 'tsx', main], { env: { ...process.env, SANDBOX_CONFIG: file } })
    const line = await new Promise<string>((resolve) =>
      child.stdout.once('data', (data: Buffer) => resolve(data.toString())),
    )
    const { ready, ports } = JSON.parse(line)
    expect(ready).toBe(true)
    expect((await fetch(`http://127.0.0.1:${ports.hospital}/jc-first/doctor`)).status).toBe(200)
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    rmSync(folder, { recursive: true })
  }, 20_000)
})
