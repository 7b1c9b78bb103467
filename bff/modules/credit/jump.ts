import type { CreditJump, CreditLaunch, JumpPurpose, OpenCreditJump } from '@paycare/shared/contract'
import type { AppContext } from '../../context.ts'
import { exchangeLeaves } from '../../db/exchange.ts'
import { jumpLifeS, jumpToken, type JumpDestination } from '../../gateways/bank/jump.ts'
import { randomHex } from '../../ports/ids.ts'
import { readCard } from '../account/index.ts'
import { requireCreditConsent } from './consent.ts'

const destinations = {
  sign: 'SIGN',
  detail: 'DETAIL',
  repay: 'REPAY',
  terminate: 'TERMINATE',
  family: 'FAMILY',
} as const satisfies Record<JumpPurpose, JumpDestination>

type Target = OpenCreditJump['target']

/**
 * What the app needs to bring the patient of a card to the bank's pages (`bank.md §3.13`). The person is the one behind the card, never what
 * the client says; what leaves is kept for audit by its nonce, without identity and without the token.
 */
export async function openJump(x: AppContext, accountId: string, body: OpenCreditJump): Promise<CreditJump> {
  const card = await readCard(x, accountId, body.cardId)
  await requireCreditConsent(x, accountId, card)
  const nonce = randomHex(x.random)
  const nowMs = x.clock.now()
  const destination = destinations[body.purpose]
  const leaves = { msgId: nonce, institution: card.institution, channel: 'credit', interface: `jump:${destination}` }
  const identity = await x.store.run(function* () {
    yield* exchangeLeaves({ ...leaves, attemptId: null, at: nowMs })
    return yield* x.vault.identityOf(card.personId)
  })
  const atS = Math.floor(nowMs / 1000)
  const merchant = x.institution(card.institution).merPtcId
  const jump = { identity, merchant, destination, nonce, atS, ...returnOf(x, body.target) }
  const token = await jumpToken(x.bankProfile, jump)
  return { launch: launchOf(x, body.target, token), expiresAtMs: (atS + jumpLifeS) * 1000, nowMs }
}

/** Our own pages and no others: the way back is never taken from a request. */
function returnOf(x: AppContext, target: Target): { returnAppId: string; returnPath: string } {
  if (target === 'weapp') return { returnAppId: x.config.wechat.appId, returnPath: 'packages/credit/status/index' }
  return { returnAppId: '', returnPath: `${x.config.publicUrl}/packages/credit/return/index` }
}

function launchOf(x: AppContext, target: Target, t: string): CreditLaunch {
  const { miniAppId, pagesUrl } = x.config.bank
  if (target === 'h5') return { kind: 'url', url: `${pagesUrl}/credit?t=${t}` }
  return { kind: 'miniProgram', appId: miniAppId, path: 'pages/credit/index', extraData: { t } }
}
