import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { environmentOf } from '../demo/environment.ts'
import { freePort } from '../demo/ports.ts'
import { generateSandboxKeys } from '../sandbox/index.ts'
import { configFor, secretsFor } from '../world/settings.ts'
import { World } from '../world/world.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

describe('a world of this project', () => {
  it('speaks 国密 on both ends, and what it sends is no RSA', async () => {
    const world = await World.start()
    try {
      expect([world.x.bankProfile.name, world.sandbox.config.bank.profile]).toEqual(['BOCOM_GM', 'BOCOM_GM'])
      const signature = Buffer.from(await world.x.bankProfile.signer.sign('text'), 'base64')
      expect(signature.length).toBeLessThanOrEqual(72)
    } finally {
      await world.close()
    }
  })
})

describe('a process of the BFF with BANK_PROFILE=BOCOM_GM', () => {
  let folder: string
  let env: Record<string, string>
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'paycare-gm-'))
    const keys = generateSandboxKeys()
    const at = `http://127.0.0.1:${await freePort(0)}`
    const addresses = { bff: at, bank: at, pages: at, hospital: at, wechat: at }
    const config = configFor(keys, addresses, join(folder, 'paycare.sqlite'), undefined, 'BOCOM_GM')
    env = environmentOf(config, { ...secretsFor(keys), bankRsa: undefined }, join(folder, 'institutions.json'))
  })
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true })
  })

  /** Runs it until it listens or ends; answers what it said and its exit code, null when it had to be ended. */
  async function run(more: Record<string, string>): Promise<{ code: number | null; words: string }> {
    const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), join(root, 'bff/main.ts')], {
      env: { ...process.env, ...env, ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let words = ''
    const hear = (chunk: Buffer): void => {
      words += chunk.toString()
      if (words.includes('listening')) child.kill('SIGKILL')
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
    return { code, words }
  }

  it('comes up with SM2 keys alone', async () => {
    const { words } = await run({})
    expect(words).toContain('listening')
  })

  it('is refused with a public key that is none, and says so', async () => {
    const { code, words } = await run({ BANK_SM2_PUBLIC_KEYS: `04${'1'.repeat(128)}` })
    expect([code, words.includes('this is no SM2 public key')]).toEqual([1, true])
  })
})
