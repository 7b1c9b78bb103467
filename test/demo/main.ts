import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { configFromKeys, generateSandboxKeys } from '../sandbox/index.ts'
import { ensureNative } from '../toolchain/native.mjs'
import { configFor, returnUrlsOf, secretsFor, withWebhooks, type BankProfile } from '../world/settings.ts'
import { Children } from './children.ts'
import { environmentOf } from './environment.ts'
import { appBuild, buildH5 } from './h5-build.ts'
import { freePort } from './ports.ts'
import { seedThroughTheFrontDoor } from './seed.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const folder = join(root, '.demo')
const tsx = join(root, 'node_modules/tsx/dist/cli.mjs')
const children = new Children()
const state = { ending: false }

async function end(code: number): Promise<void> {
  if (state.ending) return
  state.ending = true
  await children.end()
  process.exitCode = code
}

process.on('SIGINT', () => {
  console.log('\nEnding …')
  void end(0)
})
process.on('SIGTERM', () => void end(0))

function endedEarly(name: string): (code: number | null) => void {
  return (code) => {
    console.error(`${name} ended (${code}). See .demo/${name}.log`)
    void end(1)
  }
}

/** Waits until an address answers; the programs start within seconds. */
async function answers(url: string): Promise<void> {
  for (let tries = 0; tries < 300 && !state.ending; tries++) {
    const response = await fetch(url).catch(() => undefined)
    if (response?.ok) return
    await pause(100)
  }
  throw new Error(`${url} does not answer`)
}

async function start(): Promise<void> {
  const ports = {
    bff: await freePort(3000),
    data: await freePort(3101),
    control: await freePort(3102),
    hospital: await freePort(3103),
    wechat: await freePort(3104),
    pages: await freePort(3105),
  }
  const at = (port: number) => `http://127.0.0.1:${port}`
  const addresses = {
    bff: at(ports.bff),
    bank: at(ports.data),
    pages: at(ports.pages),
    hospital: at(ports.hospital),
    wechat: at(ports.wechat),
  }
  console.log('1/4 Making keys for this run …')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const keys = generateSandboxKeys()
  const profile: BankProfile = process.env['BANK_PROFILE'] === 'BOCOM_GM' ? 'BOCOM_GM' : 'BOCOM_RSA'
  await Promise.all([ensureNative(), buildH5(appBuild, '2/4')])
  console.log('3/4 Starting bank, hospital and WeChat (sandbox) and the BFF …')
  const where = { productBaseUrl: addresses.bff, redirectOrigins: [addresses.bff] }
  const bank = { profile, sentinels: true, returnUrls: returnUrlsOf(addresses.bff), notifyBaseUrl: addresses.bff }
  const { bff: _, ...sandboxPorts } = ports
  const sandboxConfig = join(folder, 'sandbox.json')
  writeFileSync(sandboxConfig, JSON.stringify({ ...configFromKeys(keys, where, bank), ports: sandboxPorts }))
  const sandboxArgs = [tsx, join(root, 'test/sandbox/main.ts')]
  children.start(
    process.execPath,
    sandboxArgs,
    { SANDBOX_CONFIG: sandboxConfig },
    join(folder, 'sandbox.log'),
    endedEarly('sandbox'),
  )
  const plain = configFor(keys, addresses, join(folder, 'paycare.sqlite'), join(root, 'miniapp/dist/h5'), profile)
  const config = withWebhooks(plain)
  const env = environmentOf(config, secretsFor(keys), join(folder, 'institutions.json'))
  children.start(process.execPath, [tsx, join(root, 'bff/main.ts')], env, join(folder, 'bff.log'), endedEarly('bff'))
  await answers(`${addresses.hospital}/jc-first/visits`)
  await answers(`${addresses.bff}/readyz`)
  console.log('4/4 Seeding people, cards and visits through the front door …')
  await seedThroughTheFrontDoor(addresses.bff, addresses.hospital)
  welcome(addresses, keys.controlToken, at(ports.control))
}

/** Has a record at the hospital and nothing else: the demo leaves card, sign-up and registration to whoever tries it. */
const newcomer = { name: '许佳怡', idNumber: '990108200003150103' } as const

function welcome(at: { bff: string; hospital: string; pages: string }, controlToken: string, control: string): void {
  console.log(`
  Ready. Everything runs on this machine; people, bank and hospital are invented.

    Patient      ${at.bff}/
                 sign in as 陈静 (visit open, nothing ordered yet), 赵桂兰 (quota too small) or 刘洋 (visit paid);
                 as 张为民 to register with “信用就医”; as ${newcomer.name}, who has nothing yet:
                 add a card (${newcomer.name}, ${newcomer.idNumber}), sign up at the bank, register
    Bank's SMS   ${at.pages}/sms
    Doctor       ${at.hospital}/jc-first/doctor    and    ${at.hospital}/yulin/doctor
                 write an order for 陈静 and watch it lock on her phone, then end the visit
    Failures     a custom amount ending in .13 loses the bank's answer, .14 the request, .15 answers PROCESSING
    Bank's books curl -H 'authorization: Bearer ${controlToken}' ${control}/_sandbox/ledger
    API          ${at.bff}/openapi.json

  Ctrl-C ends all of it.
`)
}

start().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  void end(1)
})
