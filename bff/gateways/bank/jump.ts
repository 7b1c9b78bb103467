import type { CryptoProfile } from './crypto.ts'

/** How long the bank takes a token. */
export const jumpLifeS = 300

export type JumpDestination = 'SIGN' | 'DETAIL' | 'REPAY' | 'TERMINATE' | 'FAMILY'

/** One patient's way to the bank's pages. */
export interface Jump {
  readonly identity: { readonly name: string; readonly idNumber: string }
  readonly merchant: string
  readonly destination: JumpDestination
  /** Where the bank's page leads back: the app id of the mini-program (empty in H5) and a path from our own list. */
  readonly returnAppId: string
  readonly returnPath: string
  /** Serves once; 32 hexadecimal characters. */
  readonly nonce: string
  readonly atS: number
}

/**
 * `v1.{key id}.{sealed payload}.{signature}`; the signature covers the first three parts (`bank.md §3.13`). It holds an identity and is never
 * logged.
 */
export async function jumpToken(profile: CryptoProfile, jump: Jump): Promise<string> {
  const payload = {
    cus_name: jump.identity.name,
    cert_type: '01',
    cert_no: jump.identity.idNumber,
    mer_ptc_id: jump.merchant,
    purpose: jump.destination,
    return_appid: jump.returnAppId,
    return_path: jump.returnPath,
    nonce: jump.nonce,
    ts: jump.atS,
    ttl: jumpLifeS,
  }
  const signed = `v1.${profile.jump.keyId}.${profile.jump.seal(JSON.stringify(payload))}`
  const signature = await profile.signer.sign(signed)
  return `${signed}.${Buffer.from(signature, 'base64').toString('base64url')}`
}
