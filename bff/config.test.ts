import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from './config.ts'

let folder: string
let env: Record<string, string>
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'paycare-config-'))
  const institutions = join(folder, 'institutions.json')
  writeFileSync(institutions, JSON.stringify([institution]))
  env = {
    PUBLIC_URL: 'https://pay.test',
    DATABASE_FILE: join(folder, 'paycare.sqlite'),
    INSTITUTIONS_FILE: institutions,
    BANK_URL: 'https://bank.test',
    BANK_APP_ID: 'app202611210001',
    BANK_PAGES_URL: 'https://pages.test',
    BANK_MINI_APP_ID: 'wxbank0000000001',
    BANK_JUMP_KEY: '6'.repeat(32),
    MASTER_KEY: '1'.repeat(64),
    MASTER_KEY_ID: 'master-1',
    HASH_KEY: '2'.repeat(64),
    SESSION_KEY: '3'.repeat(64),
    WECHAT_API_URL: 'https://wechat.test',
    WECHAT_AUTHORIZE_URL: 'https://wechat.test/authorize',
    WECHAT_APP_ID: 'wx1',
    WECHAT_SECRET: 'secret',
    HOSPITAL_TOKENS: '{"jc-first":"token"}',
  }
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

const institution = {
  id: 'jc-first',
  name: '医院',
  code: 'JC01',
  merPtcId: '301510000000001',
  tier: '三级',
  phone: '1',
  hours: '1',
  hospitalUrl: 'https://his.test',
  hisKeys: [{ kid: 'k', publicKey: 'p' }],
}
const rsa = { BANK_APP_PRIVATE_KEY: 'own', BANK_PUBLIC_KEY: 'bank', BANK_IDENTITY_KEY: '4'.repeat(64) }
const gm = {
  BANK_SM2_PRIVATE_KEYS: 'a'.repeat(64),
  BANK_SM2_PUBLIC_KEYS: `04${'b'.repeat(128)}`,
  BANK_SM4_IDENTITY_KEY: '5'.repeat(32),
}
const read = (more: Record<string, string>) => readConfig({ ...env, ...more })

describe('the bank’s profile', () => {
  it('is RSA unless another one is named', () => {
    const { config, secrets } = read(rsa)
    expect([config.bank.profile, secrets.bankRsa?.appPrivateKey, secrets.bankGm]).toEqual([
      'BOCOM_RSA',
      'own',
      undefined,
    ])
  })

  it('may be 国密, with two keys while one replaces the other', () => {
    const two = { BANK_SM2_PRIVATE_KEYS: `${'c'.repeat(64)},${'a'.repeat(64)}`, BANK_SM2_C1: 'bare' }
    const { config, secrets } = read({ ...gm, ...two, BANK_PROFILE: 'BOCOM_GM' })
    expect(config.bank).toMatchObject({ profile: 'BOCOM_GM', c1Form: 'bare' })
    expect(secrets.bankRsa).toBeUndefined()
    expect(secrets.bankGm?.privateKeys.map((key) => Buffer.from(key).toString('hex')[0])).toEqual(['c', 'a'])
    expect(secrets.bankGm?.publicKeys.map((key) => key.length)).toEqual([65])
  })

  it('has the other one’s keys at hand while the bank changes over', () => {
    const { secrets } = read({ ...rsa, ...gm })
    expect([secrets.bankRsa === undefined, secrets.bankGm === undefined]).toEqual([false, false])
  })

  it.each([
    ['BOCOM_RSA', gm, 'BANK_PUBLIC_KEY'],
    ['BOCOM_GM', rsa, 'BANK_SM2_PUBLIC_KEYS'],
    ['BOCOM_GM', { ...gm, BANK_SM2_PRIVATE_KEYS: 'ab' }, 'BANK_SM2_PRIVATE_KEYS'],
    ['BOCOM_GM', { ...gm, BANK_SM2_PRIVATE_KEYS: Array(3).fill('a'.repeat(64)).join(',') }, 'BANK_SM2_PRIVATE_KEYS'],
    ['BOCOM_GM', { ...gm, BANK_SM2_PUBLIC_KEYS: 'b'.repeat(128) }, 'BANK_SM2_PUBLIC_KEYS'],
    ['SM2', { ...rsa, ...gm }, 'BANK_PROFILE'],
  ])('%s does not start with keys that are missing or malformed, and names them', (profile, keys, named) => {
    const start = () => read({ ...keys, BANK_PROFILE: profile })
    expect(start).toThrow(named)
    expect(start).not.toThrow('a'.repeat(64))
  })
})

describe('the secrets that sign what a hospital is told', () => {
  const secret = `whsec_${'A'.repeat(32)}`
  const withAddress = (more: Record<string, string>) => {
    const file = join(folder, 'told.json')
    writeFileSync(file, JSON.stringify([{ ...institution, webhookUrl: 'https://his.test/told' }]))
    return () => read({ ...rsa, INSTITUTIONS_FILE: file, ...more })
  }

  it('are needed where there is an address', () => {
    expect(withAddress({})).toThrow('HOSPITAL_WEBHOOK_SECRETS')
    expect(read(rsa).config.institutions[0]?.webhookUrl).toBeUndefined()
  })

  it('are one or two, and never too short', () => {
    const told = (list: string) => withAddress({ HOSPITAL_WEBHOOK_SECRETS: JSON.stringify({ 'jc-first': list }) })
    expect(told(`${secret},${secret}`)().secrets.hospitalWebhookSecrets['jc-first']).toHaveLength(2)
    for (const wrong of ['', 'whsec_short', 'A'.repeat(32), [secret, secret, secret].join(',')])
      expect(told(wrong)).toThrow()
  })
})
