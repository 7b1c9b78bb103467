import { writeFileSync } from 'node:fs'
import type { Config, Secrets } from '@paycare/bff/config.ts'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

/** The BFF's environment (`bff/config.ts`), with the institutions written to a file. */
export function environmentOf(config: Config, secrets: Secrets, institutionsFile: string): Record<string, string> {
  writeFileSync(institutionsFile, JSON.stringify(config.institutions, null, 2))
  return {
    HOST: config.host,
    PORT: String(config.port),
    PUBLIC_URL: config.publicUrl,
    ...(config.databaseFile === undefined ? {} : { DATABASE_FILE: config.databaseFile }),
    ...(secrets.databaseUrl === undefined ? {} : { DATABASE_URL: secrets.databaseUrl }),
    INSTITUTIONS_FILE: institutionsFile,
    ...(config.h5Dir === undefined ? {} : { H5_DIR: config.h5Dir }),
    LOG_LEVEL: config.logLevel,
    BANK_URL: config.bank.url,
    BANK_APP_ID: config.bank.appId,
    BANK_PAGES_URL: config.bank.pagesUrl,
    BANK_MINI_APP_ID: config.bank.miniAppId,
    BANK_PROFILE: config.bank.profile,
    BANK_SM2_C1: config.bank.c1Form,
    ...bankKeys(secrets),
    BANK_JUMP_KEY: hex(secrets.bankJumpKey),
    BANK_JUMP_KEY_ID: secrets.bankJumpKeyId,
    MASTER_KEY: hex(secrets.masterKey),
    MASTER_KEY_ID: secrets.masterKeyId,
    HASH_KEY: hex(secrets.hashKey),
    SESSION_KEY: hex(secrets.sessionKey),
    WECHAT_API_URL: config.wechat.apiUrl,
    WECHAT_AUTHORIZE_URL: config.wechat.authorizeUrl,
    WECHAT_APP_ID: config.wechat.appId,
    WECHAT_SECRET: secrets.wechatSecret,
    HOSPITAL_TOKENS: JSON.stringify(secrets.hospitalTokens),
    HOSPITAL_WEBHOOK_SECRETS: webhookSecrets(secrets),
  }
}

function webhookSecrets({ hospitalWebhookSecrets }: Secrets): string {
  const lists = Object.entries(hospitalWebhookSecrets).map(([id, secrets]) => [id, secrets.join(',')])
  return JSON.stringify(Object.fromEntries(lists))
}

/** The keys of either profile, as far as there are any. */
function bankKeys({ bankRsa, bankGm }: Secrets): Record<string, string> {
  return {
    ...(bankRsa && {
      BANK_APP_PRIVATE_KEY: bankRsa.appPrivateKey,
      BANK_PUBLIC_KEY: bankRsa.publicKey,
      BANK_IDENTITY_KEY: hex(bankRsa.identityKey),
    }),
    ...(bankGm && {
      BANK_SM2_PRIVATE_KEYS: bankGm.privateKeys.map(hex).join(','),
      BANK_SM2_PUBLIC_KEYS: bankGm.publicKeys.map(hex).join(','),
      BANK_SM4_IDENTITY_KEY: hex(bankGm.identityKey),
    }),
  }
}
