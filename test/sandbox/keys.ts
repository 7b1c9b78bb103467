import { createECDH, generateKeyPairSync, randomBytes } from 'node:crypto'
import type { SandboxConfigInput } from './config.ts'
import { seedInstitutions, type InstitutionId } from './seed/people.ts'

/** A key pair in PEM, or in hex where it is one of SM2. */
export interface KeyPair {
  readonly privateKey: string
  readonly publicKey: string
}

/** All keys of a demo or test run; made anew each time, so that none lives in the repository. */
export interface SandboxKeys {
  /** The product's pair: it signs requests, the bank verifies them. */
  readonly app: KeyPair
  /** The bank gateway's pair: signs replies, opens encrypted requests. */
  readonly gateway: KeyPair
  /** 32 bytes in Base64 for sealing `cus_name` and `cert_no`. */
  readonly identityKey: string
  /** The same three for the profile BOCOM_GM, in hex: SM2 pairs of 32 and 65 bytes, 16 bytes for identity. */
  readonly gm: { readonly app: KeyPair; readonly gateway: KeyPair; readonly identityKey: string }
  /** 16 bytes in Base64 for jumps to the bank's pages (bank.md §3.13), and the name of that key in a token. */
  readonly jumpKey: string
  readonly jumpKeyId: string
  /** One P-256 pair per institution for its tokens to `/his/v1`; `keyId` is the JWT's kid. */
  readonly institutions: Readonly<Record<InstitutionId, KeyPair & { readonly keyId: string }>>
  readonly controlToken: string
  readonly hospitalApiToken: string
  readonly wechatSecret: string
  /** With which the product signs what it tells the hospitals (Standard Webhooks). */
  readonly webhookSecret: string
}

const spki = { type: 'spki', format: 'pem' } as const
const pkcs8 = { type: 'pkcs8', format: 'pem' } as const

const rsaPair = (): KeyPair =>
  generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: spki, privateKeyEncoding: pkcs8 })

function sm2Pair(): KeyPair {
  const pair = createECDH('SM2')
  const publicKey = pair.generateKeys('hex')
  return { publicKey, privateKey: pair.getPrivateKey('hex').padStart(64, '0') }
}

function institutionPair(id: InstitutionId): KeyPair & { keyId: string } {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256', publicKeyEncoding: spki, privateKeyEncoding: pkcs8 })
  return { ...pair, keyId: `${id}-1` }
}

/** Makes every key and token that product and sandbox share. */
export function generateSandboxKeys(): SandboxKeys {
  return {
    app: rsaPair(),
    gateway: rsaPair(),
    identityKey: randomBytes(32).toString('base64'),
    gm: { app: sm2Pair(), gateway: sm2Pair(), identityKey: randomBytes(16).toString('hex') },
    jumpKey: randomBytes(16).toString('base64'),
    jumpKeyId: 'jump-1',
    institutions: { 'jc-first': institutionPair('jc-first'), yulin: institutionPair('yulin') },
    controlToken: randomBytes(24).toString('base64url'),
    hospitalApiToken: randomBytes(24).toString('base64url'),
    wechatSecret: randomBytes(24).toString('base64url'),
    webhookSecret: `whsec_${randomBytes(32).toString('base64')}`,
  }
}

/** The bank's half of the keys of its line. */
export function bankHalfOf(keys: SandboxKeys) {
  const { app, gateway, identityKey, gm } = keys
  return {
    app: { publicKey: app.publicKey },
    gatewayPrivateKey: gateway.privateKey,
    identityKey,
    gm: {
      appPublicKey: gm.app.publicKey,
      gatewayPrivateKey: gm.gateway.privateKey,
      identityKey: gm.identityKey,
    },
  }
}

/** The sandbox's half of the keys as a configuration; the rest of it takes its defaults. */
export function configFromKeys(
  keys: SandboxKeys,
  where: { productBaseUrl: string; redirectOrigins: string[] },
  bank: Partial<SandboxConfigInput['bank']> = {},
): SandboxConfigInput {
  return {
    bank: {
      ...bankHalfOf(keys),
      jumpKey: keys.jumpKey,
      jumpKeyId: keys.jumpKeyId,
      controlToken: keys.controlToken,
      ...bank,
    },
    hospital: {
      productBaseUrl: where.productBaseUrl,
      apiToken: keys.hospitalApiToken,
      webhookSecret: keys.webhookSecret,
      institutions: seedInstitutions.map(({ id }) => ({
        id,
        keyId: keys.institutions[id].keyId,
        privateKey: keys.institutions[id].privateKey,
      })),
    },
    wechat: { appSecret: keys.wechatSecret, redirectOrigins: where.redirectOrigins },
  }
}
