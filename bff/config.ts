import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Database } from './db/open.ts'

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
  INSTITUTIONS_FILE: z.string(),
  H5_DIR: z.string().optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  BANK_URL: z.url(),
  BANK_APP_ID: z.string(),
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

const SecretEnvironment = z.object({
  /** Holds a password. */
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\/./)
    .optional(),
  BANK_APP_PRIVATE_KEY: z.string(),
  BANK_PUBLIC_KEY: z.string(),
  BANK_IDENTITY_KEY: keyOf(32),
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
  readonly h5Dir: string | undefined
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error'
  readonly bank: {
    readonly url: string
    readonly appId: string
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
  readonly bankAppPrivateKey: string
  readonly bankPublicKey: string
  readonly bankIdentityKey: Uint8Array
  readonly bankJumpKey: Uint8Array
  readonly bankJumpKeyId: string
  readonly masterKey: Uint8Array
  readonly masterKeyId: string
  readonly hashKey: Uint8Array
  readonly sessionKey: Uint8Array
  readonly wechatSecret: string
  readonly hospitalTokens: Readonly<Record<string, string>>
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
    h5Dir: e.H5_DIR,
    logLevel: e.LOG_LEVEL,
    bank: {
      url: e.BANK_URL,
      appId: e.BANK_APP_ID,
      pagesUrl: e.BANK_PAGES_URL,
      miniAppId: e.BANK_MINI_APP_ID,
      ...(e.BANK_CUT_GUARD_S === undefined ? {} : { guardMs: e.BANK_CUT_GUARD_S * 1000 }),
    },
    wechat: { apiUrl: e.WECHAT_API_URL, authorizeUrl: e.WECHAT_AUTHORIZE_URL, appId: e.WECHAT_APP_ID },
    institutions,
  }
  const secrets = readSecrets(env)
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
    bankAppPrivateKey: s.BANK_APP_PRIVATE_KEY,
    bankPublicKey: s.BANK_PUBLIC_KEY,
    bankIdentityKey: s.BANK_IDENTITY_KEY,
    bankJumpKey: s.BANK_JUMP_KEY,
    bankJumpKeyId: s.BANK_JUMP_KEY_ID,
    masterKey: s.MASTER_KEY,
    masterKeyId: s.MASTER_KEY_ID,
    hashKey: s.HASH_KEY,
    sessionKey: s.SESSION_KEY,
    wechatSecret: s.WECHAT_SECRET,
    hospitalTokens: s.HOSPITAL_TOKENS,
  }
}

/** The keys of the bank's line out of the secrets. */
export function bankKeysOf(secrets: Secrets) {
  const { bankAppPrivateKey, bankPublicKey, bankIdentityKey, bankJumpKey, bankJumpKeyId } = secrets
  return {
    appPrivateKey: bankAppPrivateKey,
    bankPublicKey,
    identityKey: bankIdentityKey,
    keyId: 'app',
    jumpKey: bankJumpKey,
    jumpKeyId: bankJumpKeyId,
  }
}
