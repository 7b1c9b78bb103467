import type { AppContext } from '../../context.ts'
import { Refusal } from '../../http/refusal.ts'
import type { BoundCard } from '../account/index.ts'
import { askSignUp, requireCreditConsent, type SignUp } from '../credit/index.ts'

export type Signed = Extract<SignUp, { status: 'signed' }>

/** The patient's sign-up as the bank says it now, never as the app says it. Nobody asks the bank without the patient's consent. */
export async function signedUp(x: AppContext, accountId: string, card: BoundCard): Promise<Signed> {
  await requireCreditConsent(x, accountId, card)
  const identity = await x.store.read(() => x.vault.identityOf(card.personId))
  const signUp = await askSignUp(x, card.institution, identity, 'OUTP_ONLINE')
  if (signUp.status === 'silent') throw new Refusal(503, 'CREDIT_SILENT', signUp.why)
  if (signUp.status !== 'signed') throw new Refusal(409, 'CREDIT_NOT_SIGNED')
  return signUp
}
