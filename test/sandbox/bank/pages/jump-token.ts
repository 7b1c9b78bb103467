import { createDecipheriv } from 'node:crypto'
import { z } from 'zod'
import type { CryptoProfile } from '../profile.ts'

/** What the jump may be for (bank.md §3.13). */
export const purposes = ['SIGN', 'DETAIL', 'REPAY', 'TERMINATE', 'FAMILY'] as const
/** One of them. */
export type Purpose = (typeof purposes)[number]

const payload = z.object({
  cus_name: z.string().min(1).max(60),
  cert_type: z.enum(['01', '02', '03', '04', '05']),
  cert_no: z.string().min(1).max(40),
  mer_ptc_id: z.string().regex(/^\d{15}$/),
  purpose: z.enum(purposes),
  return_appid: z.string().max(64),
  return_path: z.string().min(1).max(256),
  nonce: z.string().regex(/^[0-9a-f]{32,128}$/i),
  ts: z.int().positive(),
  ttl: z.int().positive().max(300),
})

/** The payload of a jump token. */
export type JumpPayload = z.output<typeof payload>

/** Why a token cannot be opened. */
export type TokenRefusal = 'malformed' | 'badSignature' | 'unknownKey' | 'cannotDecrypt'

/** Keys that open a token. */
export interface JumpKeys {
  readonly profile: Pick<CryptoProfile, 'verifyRequest'>
  /** The app that signs. */
  readonly appId: string
  readonly keyId: string
  /** 16 bytes; empty means that the bank takes no jumps. */
  readonly key: Buffer
}

const TOKEN = /^v1\.([A-Za-z0-9_-]{1,32})\.([A-Za-z0-9_-]{1,4096})\.([A-Za-z0-9_-]{1,1024})$/

/** The JSON behind `base64url(iv‖SM4-CBC)`; null for garbage. */
export function openCipher(cipherText: string, key: Buffer): unknown {
  const raw = Buffer.from(cipherText, 'base64url')
  try {
    const decipher = createDecipheriv('sm4-cbc', key, raw.subarray(0, 16))
    const plain = Buffer.concat([decipher.update(raw.subarray(16)), decipher.final()])
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(plain))
  } catch {
    return null
  }
}

/** Opens `v1.{key_id}.{iv‖SM4-CBC}.{signature}`; the app's signature over the first three parts comes before any decryption. */
export function openJumpToken(keys: JumpKeys, token: string): JumpPayload | TokenRefusal {
  const [, keyId, cipherText, signature] = TOKEN.exec(token) ?? []
  if (keyId === undefined || cipherText === undefined || signature === undefined) return 'malformed'
  if (!keys.profile.verifyRequest(keys.appId, `v1.${keyId}.${cipherText}`, signature)) return 'badSignature'
  if (keyId !== keys.keyId || keys.key.length !== 16) return 'unknownKey'
  const opened = payload.safeParse(openCipher(cipherText, keys.key))
  return opened.success ? opened.data : 'cannotDecrypt'
}
