import { creditConsentVersion } from '@paycare/shared/text'
import type { AppContext } from '../../context.ts'
import { Refusal } from '../../http/refusal.ts'
import { consentedAt, type BoundCard, type Purpose } from '../account/index.ts'

/** Name and ID number go to the bank for “信用就医” (product.md §1). */
export const creditPurpose: Purpose = { purpose: 'credit', version: creditConsentVersion }

/** Refuses to let a card's identity go to the bank before the account has agreed to it. */
export async function requireCreditConsent(x: AppContext, accountId: string, card: BoundCard): Promise<void> {
  if ((await consentedAt(x, accountId, card.personId, creditPurpose)) === null)
    throw new Refusal(409, 'CONSENT_REQUIRED')
}
