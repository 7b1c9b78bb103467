import type { AppContext } from '../../context.ts'
import { exchangeAnswered, exchangeLeaves } from '../../db/exchange.ts'
import { querySign, type SignUp, type SignUpScene } from '../../gateways/bank/sign-up.ts'
import type { Identity } from '../../identity/vault.ts'
import { randomHex } from '../../ports/ids.ts'

export type { SignUp } from '../../gateways/bank/sign-up.ts'

/** Asks the bank how a resident is signed up, and keeps the exchange for audit. The answer is for this moment only and is not kept. */
export async function askSignUp(
  x: AppContext,
  institution: string,
  identity: Identity,
  scene: SignUpScene,
): Promise<SignUp> {
  const msgId = randomHex(x.random)
  const leaves = { msgId, institution, channel: 'credit', interface: 'querySign', attemptId: null }
  await x.store.run(() => exchangeLeaves({ ...leaves, at: x.clock.now() }))
  const signUp = await querySign(x.bank, institution, identity, scene, msgId)
  const why = signUp.status === 'silent' ? signUp.why : null
  await x.store.run(() => exchangeAnswered(msgId, x.clock.now(), signUp.status, why))
  return signUp
}
