import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Database } from './db/open.ts'
import type { C1Form } from './gateways/bank/gm/sm2-encryption.ts'

/** `HH:mm` on the clock of Asia/Shanghai. */
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

/** How an institution handles refunds (C 二（一）5, 二（四）1（4）). */
const RefundConfig = z.object({
  /** What patients are told of who decides; the hospital's own system answers in both cases. */
  decides: z.enum(['rule', 'staff']).default('staff'),
  /** Within so many hours the hospital promises to have decided. */
  promiseHours: z.int().positive().default(48),
  /** From this amount on a second person must agree; null: never. */
  approvalFromFen: z.int().positive().nullable().default(500_000),
  /** When refunds of the automatic queue that wait for money are tried again, every day. */
  dailyRunTimes: z.array(timeOfDay).min(1).default(['16:00', '21:00']),
  /** A daily run ends with the first refund for which the balance is too small; otherwise each gets its try. */
  stopOnFirstInsufficient: z.boolean().default(false),
  /** Money that the hospital keeps at the bank for refunds of earlier days; without an amount the one suggested for its tier. */
  reserve: z.object({ enabled: z.boolean(), amountFen: z.int().positive().optional() }).default({ enabled: false }),
})

/** One 医疗卫生机构 as this deployment serves it. */
const InstitutionConfig = z.object({
  id: z.string().regex(/^[a-z][a-z0-9-]{1,31}$/),
  name: z.string(),
  /** Four characters inside our serials. */
  code: z.string().regex(/^[A-Z0-9]{4}$/),
  merPtcId: z.string().regex(/^\d{15}$/),
  tier: z.enum(['三级', '二级', '基层']),
  phone: z.string(),
  hours: z.string(),
  /** Base address of the hospital's own system. */
  hospitalUrl: z.url(),
  /** Keys with which HIS signs its requests; two while one replaces the other. */
  hisKeys: z.array(z.object({ kid: z.string(), publicKey: z.string() })).min(1),
  /** Where the hospital wants to be told of changes; without one it asks. */
  webhookUrl: z.url({ protocol: /^https?$/ }).optional(),
  refunds: RefundConfig.prefault({}),
})

const Institutions = z.array(InstitutionConfig).min(1)

const Environment = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().default(3000),
  PUBLIC_URL: z.url(),
  DATABASE_FILE: z.string().optional(),
  /** Connections to PostgreSQL at most. */
  DATABASE_POOL: z.coerce.number().int().min(2).default(10),
  /** On another disk than the database. */
  INTENT_LOG_DIR: z.string().optional(),
  INSTITUTIONS_FILE: z.string(),
  H5_DIR: z.string().optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  BANK_URL: z.url(),
  BANK_APP_ID: z.string(),
  BANK_PROFILE: z.enum(['BOCOM_RSA', 'BOCOM_GM']).default('BOCOM_RSA'),
  /** Whether the bank writes 04 before the point of an SM2 ciphertext. */
  BANK_SM2_C1: z.enum(['marked', 'bare']).default('marked'),
  /** Where the bank's own pages are in a browser, and its mini-program in WeChat. */
  BANK_PAGES_URL: z.url(),
  BANK_MINI_APP_ID: z.string(),
  /** So many seconds before a lock ends no confirm begins any more; 120 when left out. */
  BANK_CUT_GUARD_S: z.coerce.number().int().min(0).max(900).optional(),
  WECHAT_API_URL: z.url(),
  WECHAT_AUTHORIZE_URL: z.url(),
  WECHAT_APP_ID: z.string(),
})

const keyOf = (bytes: number) =>
  z
    .string()
    .regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`))
    .transform((hex) => new Uint8Array(Buffer.from(hex, 'hex')))

/** One key, or two while one replaces the other. */
const keysOf = (bytes: number) =>
  z
    .string()
    .transform((list) => list.split(','))
    .pipe(z.array(keyOf(bytes)).max(2))

/** Signing secrets as Standard Webhooks writes them; two while one replaces the other. */
const webhookSecrets = z
  .string()
  .transform((list) => list.split(','))
  .pipe(z.array(z.string().regex(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/)).max(2))

const SecretEnvironment = z.object({
  /** Holds a password. */
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\/./)
    .optional(),
  BANK_APP_PRIVATE_KEY: z.string().optional(),
  BANK_PUBLIC_KEY: z.string().optional(),
  BANK_IDENTITY_KEY: keyOf(32).optional(),
  BANK_SM2_PRIVATE_KEYS: keysOf(32).optional(),
  BANK_SM2_PUBLIC_KEYS: keysOf(65).optional(),
  BANK_SM4_IDENTITY_KEY: keyOf(16).optional(),
  BANK_JUMP_KEY: keyOf(16),
  /** Part of a token whose parts are separated by dots. */
  BANK_JUMP_KEY_ID: z
    .string()
    .regex(/^[\w-]{1,32}$/)
    .default('jump-1'),
  MASTER_KEY: keyOf(32),
  MASTER_KEY_ID: z.string(),
  HASH_KEY: keyOf(32),
  SESSION_KEY: keyOf(32),
  WECHAT_SECRET: z.string(),
  /** JSON object: institution id → bearer token for its system. */
  HOSPITAL_TOKENS: z.string().transform((json) => z.record(z.string(), z.string()).parse(JSON.parse(json))),
  /** JSON object: institution id → the secrets that sign what it is told, separated by a comma. */
  HOSPITAL_WEBHOOK_SECRETS: z
    .string()
    .default('{}')
    .transform((json) => z.record(z.string(), webhookSecrets).parse(JSON.parse(json))),
})

export type InstitutionConfig = z.infer<typeof InstitutionConfig>
export type RefundConfig = z.infer<typeof RefundConfig>

export interface Config {
  readonly host: string
  readonly port: number
  readonly publicUrl: string
  /** The SQLite file; without one the data is in the PostgreSQL database of the secrets. */
  readonly databaseFile: string | undefined
  readonly databasePool: number
  /** Where calls are written down before they leave, outside the database; left out, they are not. */
  readonly intentLogDir?: string
  readonly h5Dir: string | undefined
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error'
  readonly bank: {
    readonly url: string
    readonly appId: string
    /** Which algorithms the bank's line uses (`bank.md §2.7`). */
    readonly profile: 'BOCOM_RSA' | 'BOCOM_GM'
    readonly c1Form: C1Form
    readonly pagesUrl: string
    readonly miniAppId: string
    /** Before a lock ends, no confirm begins for so long; the rule's own 2 minutes when left out. */
    readonly guardMs?: number
  }
  readonly wechat: { readonly apiUrl: string; readonly authorizeUrl: string; readonly appId: string }
  readonly institutions: readonly InstitutionConfig[]
}

/** Kept apart from the configuration, so that printing one never prints the other. */
export interface Secrets {
  readonly databaseUrl: string | undefined
  /** PEM; of the profile `BOCOM_RSA`. */
  readonly bankRsa:
    | { readonly appPrivateKey: string; readonly publicKey: string; readonly identityKey: Uint8Array }
    | undefined
  /** Of the profile `BOCOM_GM`; both may stand ready while the bank changes over. */
  readonly bankGm:
    | {
        readonly privateKeys: readonly Uint8Array[]
        readonly publicKeys: readonly Uint8Array[]
        readonly identityKey: Uint8Array
      }
    | undefined
  readonly bankJumpKey: Uint8Array
  readonly bankJumpKeyId: string
  readonly masterKey: Uint8Array
  readonly masterKeyId: string
  readonly hashKey: Uint8Array
  readonly sessionKey: Uint8Array
  readonly wechatSecret: string
  readonly hospitalTokens: Readonly<Record<string, string>>
  readonly hospitalWebhookSecrets: Readonly<Record<string, readonly string[]>>
}

/** Reads every variable once. Throws an error that names the variable and not its value. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): { config: Config; secrets: Secrets } {
  const e = Environment.parse(env)
  const institutions = Institutions.parse(JSON.parse(readFileSync(e.INSTITUTIONS_FILE, 'utf8')))
  const config: Config = {
    host: e.HOST,
    port: e.PORT,
    publicUrl: e.PUBLIC_URL,
    databaseFile: e.DATABASE_FILE,
    databasePool: e.DATABASE_POOL,
    ...(e.INTENT_LOG_DIR === undefined ? {} : { intentLogDir: e.INTENT_LOG_DIR }),
    h5Dir: e.H5_DIR,
    logLevel: e.LOG_LEVEL,
    bank: {
      url: e.BANK_URL,
      appId: e.BANK_APP_ID,
      profile: e.BANK_PROFILE,
      c1Form: e.BANK_SM2_C1,
      pagesUrl: e.BANK_PAGES_URL,
      miniAppId: e.BANK_MINI_APP_ID,
      ...(e.BANK_CUT_GUARD_S === undefined ? {} : { guardMs: e.BANK_CUT_GUARD_S * 1000 }),
    },
    wechat: { apiUrl: e.WECHAT_API_URL, authorizeUrl: e.WECHAT_AUTHORIZE_URL, appId: e.WECHAT_APP_ID },
    institutions,
  }
  const secrets = readSecrets(env)
  requireBankKeys(config, secrets)
  requireWebhookSecrets(config, secrets)
  if ((config.databaseFile === undefined) === (secrets.databaseUrl === undefined)) {
    throw new Error('exactly one of DATABASE_FILE and DATABASE_URL must be set')
  }
  return { config, secrets }
}

/** Where the data is, as the store is opened. */
export function databaseOf(config: Config, secrets: Secrets): Database {
  if (secrets.databaseUrl !== undefined) {
    return { is: 'postgres', url: secrets.databaseUrl, poolSize: config.databasePool }
  }
  if (config.databaseFile === undefined) throw new Error('no database is configured')
  return { is: 'sqlite', file: config.databaseFile }
}

function readSecrets(env: Readonly<Record<string, string | undefined>>): Secrets {
  const s = SecretEnvironment.parse(env)
  return {
    databaseUrl: s.DATABASE_URL,
    bankRsa: rsaSecrets(s),
    bankGm: gmSecrets(s),
    bankJumpKey: s.BANK_JUMP_KEY,
    bankJumpKeyId: s.BANK_JUMP_KEY_ID,
    masterKey: s.MASTER_KEY,
    masterKeyId: s.MASTER_KEY_ID,
    hashKey: s.HASH_KEY,
    sessionKey: s.SESSION_KEY,
    wechatSecret: s.WECHAT_SECRET,
    hospitalTokens: s.HOSPITAL_TOKENS,
    hospitalWebhookSecrets: s.HOSPITAL_WEBHOOK_SECRETS,
  }
}

type ReadSecrets = z.infer<typeof SecretEnvironment>

/** All of a profile's secrets, or none. */
function rsaSecrets(s: ReadSecrets): Secrets['bankRsa'] {
  const { BANK_APP_PRIVATE_KEY: appPrivateKey, BANK_PUBLIC_KEY: publicKey, BANK_IDENTITY_KEY: identityKey } = s
  if (appPrivateKey === undefined || publicKey === undefined || identityKey === undefined) return undefined
  return { appPrivateKey, publicKey, identityKey }
}

function gmSecrets(s: ReadSecrets): Secrets['bankGm'] {
  const { BANK_SM2_PRIVATE_KEYS: privateKeys, BANK_SM2_PUBLIC_KEYS: publicKeys, BANK_SM4_IDENTITY_KEY: identityKey } = s
  if (privateKeys === undefined || publicKeys === undefined || identityKey === undefined) return undefined
  return { privateKeys, publicKeys, identityKey }
}

const keysOfProfile = {
  BOCOM_RSA: 'BANK_APP_PRIVATE_KEY, BANK_PUBLIC_KEY and BANK_IDENTITY_KEY',
  BOCOM_GM: 'BANK_SM2_PRIVATE_KEYS, BANK_SM2_PUBLIC_KEYS and BANK_SM4_IDENTITY_KEY',
}

function requireBankKeys({ bank: { profile } }: Config, secrets: Secrets): void {
  const found = profile === 'BOCOM_RSA' ? secrets.bankRsa : secrets.bankGm
  if (found === undefined) throw new Error(`BANK_PROFILE ${profile} needs ${keysOfProfile[profile]}`)
}

function requireWebhookSecrets({ institutions }: Config, { hospitalWebhookSecrets }: Secrets): void {
  for (const { id, webhookUrl } of institutions) {
    const isMissing = webhookUrl !== undefined && hospitalWebhookSecrets[id] === undefined
    if (isMissing) throw new Error(`HOSPITAL_WEBHOOK_SECRETS has none for ${id}, which has a webhookUrl`)
  }
}

/** The RSA keys of the bank's line out of the secrets. */
export function bankKeysOf({ bankRsa, bankJumpKey, bankJumpKeyId }: Secrets) {
  if (bankRsa === undefined) throw new Error('no RSA keys for the bank')
  const { appPrivateKey, publicKey, identityKey } = bankRsa
  return {
    appPrivateKey,
    bankPublicKey: publicKey,
    identityKey,
    keyId: 'app',
    jumpKey: bankJumpKey,
    jumpKeyId: bankJumpKeyId,
  }
}
