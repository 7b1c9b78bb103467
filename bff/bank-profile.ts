import { bankKeysOf, type Config, type Secrets } from './config.ts'
import { rsaProfile, type CryptoProfile } from './gateways/bank/crypto.ts'
import { ownKeyInProcess } from './gateways/bank/gm/own-key.ts'
import { gmProfile } from './gateways/bank/gm/profile.ts'
import { selfTest } from './gateways/bank/gm/self-test.ts'
import type { Randomness } from './ports/clock.ts'
import type { Native } from './ports/native.ts'

/**
 * The profile that the configuration names, with its keys (`bank.md §2.7`). Throws when this machine cannot do its algorithms, or a key is none. A hospital whose keys are in a device puts it in the place of
 * `ownKeyInProcess`, and nothing else changes.
 */
export function bankProfileOf(config: Config, secrets: Secrets, random: Randomness, native: Native): CryptoProfile {
  const { profile, c1Form } = config.bank
  if (profile === 'BOCOM_RSA') return rsaProfile(bankKeysOf(secrets), random, native)
  const { bankGm, bankJumpKey, bankJumpKeyId } = secrets
  if (bankGm === undefined) throw new Error('no SM2 keys for the bank')
  // Before any key is touched, so that a machine that cannot do it says so.
  selfTest()
  return gmProfile(
    {
      own: ownKeyInProcess(bankGm.privateKeys, 'app', c1Form, random),
      bankPublicKeys: bankGm.publicKeys,
      form: c1Form,
      identityKey: bankGm.identityKey,
      jumpKey: bankJumpKey,
      jumpKeyId: bankJumpKeyId,
    },
    random,
  )
}
