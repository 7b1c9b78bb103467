import type { Randomness } from '../../../ports/clock.ts'
import { sm2Decrypt, type C1Form } from './sm2-encryption.ts'
import { sm2PrivateKey } from './sm2-key.ts'
import { sm2Sign } from './sm2-signature.ts'

/**
 * Our SM2 key, wherever it lives: in this process, or in an HSM, a signing service or a bank's USB key that never gives it out. A device needs
 * this interface and nothing else of the profile.
 */
export interface OwnSm2Key {
  readonly keyId: string
  /** SM2 over SM3 of the bytes, with the user id 1234567812345678; DER. */
  sign(bytes: Uint8Array): Promise<Uint8Array>
  /** Opens what was encrypted to us; undefined when it cannot be opened. */
  decrypt(sealed: Uint8Array): Promise<Uint8Array | undefined>
}

/** Keys in the memory of this process, 32 bytes each. The first one signs, each of them opens: an older one while it is replaced. */
export function ownKeyInProcess(
  privateKeys: readonly Uint8Array[],
  keyId: string,
  form: C1Form,
  random: Randomness,
): OwnSm2Key {
  const keys = privateKeys.map((bytes) => sm2PrivateKey(bytes))
  const [first] = keys
  if (first === undefined) throw new Error('no SM2 private key')
  return {
    keyId,
    sign: async (bytes) => sm2Sign(first, bytes, random),
    decrypt: async (sealed) => keys.map((key) => sm2Decrypt(key, sealed, form)).find((plain) => plain !== undefined),
  }
}
