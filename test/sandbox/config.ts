import { z } from 'zod'

const port = z.int().min(0).max(65_535)

/** Configuration of a sandbox; `main.ts` reads it from the file named in SANDBOX_CONFIG. */
export const sandboxConfig = z.strictObject({
  bank: z.strictObject({
    /** NONE is for bulk simulation only. */
    profile: z.enum(['BOCOM_RSA', 'BOCOM_GM', 'NONE']).default('BOCOM_RSA'),
    app: z.strictObject({
      appId: z.string().default('app202611210001'),
      /** PEM or Base64 DER; may be empty under NONE. */
      publicKey: z.string().default(''),
    }),
    gatewayPrivateKey: z.string().default(''),
    /** 32 bytes in Base64, shared with the product. */
    identityKey: z.string().default(''),
    /** Of BOCOM_GM, in hex: SM2 keys of 32 and 65 bytes, 16 bytes for identity fields. */
    gm: z
      .strictObject({ appPublicKey: z.string(), gatewayPrivateKey: z.string(), identityKey: z.string() })
      .nullable()
      .default(null),
    controlToken: z.string().min(8),
    timestampWindowMs: z.int().positive().default(600_000),
    msgIdMemoryMs: z.int().positive().default(86_400_000),
    ratePerSecond: z.int().positive().nullable().default(null),
    allowedIps: z.array(z.string()).nullable().default(null),
    uniquePerDay: z.boolean().default(false),
    revealAvailable: z.boolean().default(false),
    sentinels: z.boolean().default(false),
    /** When an unconfirmed lock ends: at T 24:00, after n hours, or only by hand. */
    lockExpiry: z
      .union([z.literal('DAY_END'), z.literal('MANUAL'), z.templateLiteral(['HOURS:', z.int().positive()])])
      .default('DAY_END'),
    /** Whether a reserve that is too small falls back to the receivable (bank.md §1.2 H8). */
    refundPolicy: z.enum(['SEED_STRICT', 'RESERVE_THEN_RECEIVABLE']).default('SEED_STRICT'),
    /** Interest-free period and rate of instalments (bank.md §5.7); the figures are made up. */
    terms: z
      .strictObject({
        statementDay: z.int().min(1).max(28).default(25),
        dueAfterDays: z.int().min(1).max(60).default(28),
        annualPercent: z.number().min(0).max(36).default(6),
      })
      .prefault({}),
    bill: z
      .strictObject({
        encoding: z.enum(['UTF-8', 'GBK']).default('UTF-8'),
        rowsPerPart: z.int().positive().default(1_000),
      })
      .prefault({}),
    /** 16 bytes in Base64 that open jump tokens, shared with the product; empty refuses every jump. */
    jumpKey: z.string().default(''),
    jumpKeyId: z.string().default('jump-1'),
    /** Registered return targets: the exact address for H5, the exact path for the mini-program. */
    returnUrls: z.array(z.string()).default([]),
    /** Notifications go to `{notifyBaseUrl}/bank/v1/notify/{institutionId}`; null sends none. */
    notifyBaseUrl: z.url().nullable().default(null),
    /** Notify also of operations that were decided in their own answer. */
    notifyAll: z.boolean().default(false),
  }),
  hospital: z.strictObject({
    /** Where the product's `/his/v1` is. */
    productBaseUrl: z.url(),
    /** What the product shows when it asks the hospital. */
    apiToken: z.string().min(8),
    /** With which the product signs what it tells; empty refuses every message. */
    webhookSecret: z.string().default(''),
    institutions: z.array(
      z.strictObject({ id: z.enum(['jc-first', 'yulin']), keyId: z.string().min(1), privateKey: z.string() }),
    ),
  }),
  wechat: z.strictObject({
    appId: z.string().default('wxdemo0000000001'),
    appSecret: z.string().min(8),
    redirectOrigins: z.array(z.url()),
  }),
  /** False leaves bank and hospitals empty, for tests that bring their own people. */
  seed: z.boolean().default(true),
  /** 0 takes any free port. */
  ports: z
    .strictObject({
      data: port.default(0),
      control: port.default(0),
      pages: port.default(0),
      hospital: port.default(0),
      wechat: port.default(0),
    })
    .prefault({}),
})

/** A configuration as written. */
export type SandboxConfigInput = z.input<typeof sandboxConfig>
/** A configuration with every default filled in. */
export type SandboxConfig = z.output<typeof sandboxConfig>
