import type { CryptoProfile } from '@paycare/bff/gateways/bank/crypto.ts'

/** The sandbox's `NONE`: the signature is the word `none`, identity is plain Base64url. For bulk simulation only; no program of the BFF has it. */
export const noneProfile: CryptoProfile = {
  name: 'NONE',
  signer: {
    keyId: 'none',
    sign: async () => 'none',
    verify: async (_text, signature) => signature === 'none',
  },
  body: { seal: () => undefined, open: () => undefined },
  identity: { seal: (plain) => Buffer.from(plain).toString('base64url') },
  jump: { keyId: 'none', seal: (plain) => Buffer.from(plain).toString('base64url') },
}
