import type { HisMerchantBalance } from '@paycare/shared/contract'
import { isoInstant } from '@paycare/shared/rules'
import type { InstitutionConfig } from '../../config.ts'
import type { AppContext } from '../../context.ts'
import { exchangeAnswered, exchangeLeaves } from '../../db/exchange.ts'
import { integer, query, statement, type Unit } from '../../db/unit.ts'
import { HeldAmountReply } from '../../gateways/bank/messages.ts'
import { Refusal } from '../../http/refusal.ts'
import { randomHex } from '../../ports/ids.ts'

const sumWaiting = statement(
  `select coalesce(sum(amount_fen), 0) as fen, count(*) as n from refund
   where institution = :institution and state = 'waiting'`,
)
/** Suggested by the source for each tier (C 二（一）5). */
const suggestedFen = { 三级: 2_000_000, 二级: 1_000_000, 基层: 500_000 } as const satisfies Record<
  InstitutionConfig['tier'],
  number
>

/** 暂收金额查询 (C 四（五）): what the merchant number holds at the bank now, beside what waits for it. Asked anew each time. */
export async function merchantBalance(x: AppContext, institution: string): Promise<HisMerchantBalance> {
  const msgId = randomHex(x.random)
  const leaves = { msgId, institution, channel: 'credit', interface: 'heldAmountQuery', attemptId: null }
  await x.store.run(() => exchangeLeaves({ ...leaves, at: x.clock.now() }))
  const answer = await x.bank.call('heldAmountQuery', institution, msgId, {}, HeldAmountReply)
  const code = 'code' in answer ? answer.code : null
  await x.store.run(() => exchangeAnswered(msgId, x.clock.now(), answer.is, code))
  if (answer.is !== 'done') throw new Refusal(503, 'BALANCE_SILENT', code ?? answer.is)
  const { total_balance, receivable_today, reserve_balance, refundable_balance, pending_settle_amount } = answer.body
  const { tier, refunds } = x.institution(institution)
  return {
    askedAt: isoInstant(x.clock.now()),
    totalFen: total_balance ?? null,
    receivableTodayFen: receivable_today ?? null,
    reserveFen: reserve_balance ?? null,
    refundableFen: refundable_balance ?? null,
    pendingSettleFen: pending_settle_amount ?? null,
    reserveWantedFen: refunds.reserve.enabled ? (refunds.reserve.amountFen ?? suggestedFen[tier]) : null,
    ...(await x.store.read(() => waitingOf(institution))),
  }
}

function* waitingOf(institution: string): Unit<Pick<HisMerchantBalance, 'waitingFen' | 'waitingCount'>> {
  const [row] = yield* query(sumWaiting, { institution })
  return row ? { waitingFen: integer(row, 'fen'), waitingCount: integer(row, 'n') } : { waitingFen: 0, waitingCount: 0 }
}
