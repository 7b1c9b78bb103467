import { randomBytes } from 'node:crypto'
import type { Config, RefundConfig, Secrets } from '@paycare/bff/config.ts'
import { seedInstitutions, type SandboxKeys } from '../sandbox/index.ts'

/** A profile of the bank's line (`bank.md §2.7`). */
export type BankProfile = Config['bank']['profile']

/** Where the parts of a world are reachable. */
export interface Addresses {
  readonly bff: string
  readonly bank: string
  /** The bank's own pages in a browser. */
  readonly pages: string
  readonly hospital: string
  readonly wechat: string
}

const codes: Readonly<Record<string, string>> = { 'jc-first': 'JC01', yulin: 'YL02' }

/** Where the bank's pages may lead back to, as registered with the bank: an address of H5 and a path of the mini-program. */
export function returnUrlsOf(bff: string): string[] {
  return [`${bff}/packages/credit/return/index`, 'packages/credit/status/index']
}

/** What an institution's file says of refunds when it says nothing, but for the reserve: the first one keeps one. */
const refunds: RefundConfig = {
  decides: 'staff',
  promiseHours: 48,
  approvalFromFen: 500_000,
  dailyRunTimes: ['16:00', '21:00'],
  stopOnFirstInsufficient: false,
  reserve: { enabled: false },
}

/** The BFF's configuration for a world whose counterparties are the sandbox. */
export function configFor(
  keys: SandboxKeys,
  at: Addresses,
  databaseFile: string,
  h5Dir?: string,
  profile: BankProfile = 'BOCOM_RSA',
): Config {
  return {
    host: '127.0.0.1',
    port: Number(new URL(at.bff).port),
    publicUrl: at.bff,
    databaseFile,
    databasePool: 4,
    h5Dir,
    logLevel: 'info',
    bank: {
      url: at.bank,
      appId: 'app202611210001',
      profile,
      c1Form: 'marked',
      pagesUrl: at.pages,
      miniAppId: 'wxbank0000000001',
    },
    wechat: { apiUrl: at.wechat, authorizeUrl: `${at.wechat}/oauth/authorize`, appId: 'wxdemo0000000001' },
    institutions: seedInstitutions.map((one) => ({
      id: one.id,
      name: one.name,
      code: codes[one.id] ?? 'XX00',
      merPtcId: one.merPtcId,
      tier: one.tier,
      phone: one.phone,
      hours: one.hours,
      hospitalUrl: `${at.hospital}/${one.id}`,
      hisKeys: [{ kid: keys.institutions[one.id].keyId, publicKey: keys.institutions[one.id].publicKey }],
      refunds: { ...refunds, reserve: { enabled: one.id === 'jc-first' } },
    })),
  }
}

/** The same configuration with hospitals that want to be told of changes. */
export function withWebhooks(config: Config): Config {
  const institutions = config.institutions.map((one) => ({ ...one, webhookUrl: `${one.hospitalUrl}/webhooks` }))
  return { ...config, institutions }
}

const fromHex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'))

/** Fresh secrets: none of them outlives the run. Keys for both profiles of the bank. */
export function secretsFor(keys: SandboxKeys): Secrets {
  const key = () => new Uint8Array(randomBytes(32))
  return {
    databaseUrl: undefined,
    bankRsa: {
      appPrivateKey: keys.app.privateKey,
      publicKey: keys.gateway.publicKey,
      identityKey: new Uint8Array(Buffer.from(keys.identityKey, 'base64')),
    },
    bankGm: {
      privateKeys: [fromHex(keys.gm.app.privateKey)],
      publicKeys: [fromHex(keys.gm.gateway.publicKey)],
      identityKey: fromHex(keys.gm.identityKey),
    },
    bankJumpKey: new Uint8Array(Buffer.from(keys.jumpKey, 'base64')),
    bankJumpKeyId: keys.jumpKeyId,
    masterKey: key(),
    masterKeyId: 'master-1',
    hashKey: key(),
    sessionKey: key(),
    wechatSecret: keys.wechatSecret,
    hospitalTokens: Object.fromEntries(seedInstitutions.map((one) => [one.id, keys.hospitalApiToken])),
    hospitalWebhookSecrets: Object.fromEntries(seedInstitutions.map((one) => [one.id, [keys.webhookSecret]])),
  }
}
