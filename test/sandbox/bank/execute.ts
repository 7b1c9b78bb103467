import { downloadBill } from './bill/download.ts'
import type { BankCore } from './core.ts'
import { heldAmountQuery, payCheck, payQuery, refundQuery } from './direct-queries.ts'
import type { FaultPlan } from './faults.ts'
import { moneyCall, type BusinessAnswer } from './money-calls.ts'
import { isMoneyRequest, moneyCallOf } from './money-requests.ts'
import { postPayQuery, querySign } from './queries.ts'
import type { CheckedRequest } from './requests.ts'

/** Steps 12 and 13 of bank.md §6.1: one request against the rules, from start to end. */
export function execute(core: BankCore, request: CheckedRequest, plan: Readonly<FaultPlan>): BusinessAnswer {
  if (isMoneyRequest(request)) return moneyCall(core, moneyCallOf(request, plan))
  switch (request.api) {
    case 'querySign':
      return querySign(core, request.identity)
    case 'postPayQuery':
      return postPayQuery(core, request.body, plan.lagMs)
    case 'payCheck':
      return payCheck(core, request.body, request.identity)
    case 'payQuery':
      return payQuery(core, request.body, plan.lagMs)
    case 'refundQuery':
      return refundQuery(core, request.body, plan.lagMs)
    case 'downloadBill':
      return downloadBill(core, request.body, plan.bill)
    case 'heldAmountQuery':
      return heldAmountQuery(core, request.body)
  }
}
