import { dueOf, isOpen, newPlan, outstandingFen, payDue, reducePrincipal, type Plan, type Settlement } from './plan.ts'
import { dueDayOf, statementOf, type CreditTerms } from './terms.ts'

/** What was used between two statements. Amounts in fen. */
export interface ResidentBill {
  /** Day of the statement, which names the bill. */
  readonly statement: string
  /** Last interest-free day. */
  readonly dueDay: string
  usedFen: number
  /** Not repaid, not refunded and not turned into instalments. */
  owedFen: number
}

/** All that one principal owes. */
export interface Account {
  readonly accountNo: string
  readonly bills: ResidentBill[]
  readonly plans: Plan[]
  /** An instalment is overdue: the quota is blocked until it has been paid. */
  late: boolean
}

/** What may be repaid now: bills, and of plans what is due. */
export function payableNow({ bills, plans }: Account): Settlement {
  const due = plans.map(dueOf)
  const billsFen = bills.reduce((sum, bill) => sum + bill.owedFen, 0)
  return {
    principalFen: billsFen + due.reduce((sum, one) => sum + one.principalFen, 0),
    interestFen: due.reduce((sum, one) => sum + one.interestFen, 0),
  }
}

/** The day by which something has to be paid next, overdue days among them; null when nothing is owed. */
export function nextDueDay({ bills, plans }: Account): string | null {
  const days = [
    ...bills.filter((bill) => bill.owedFen > 0).map((bill) => bill.dueDay),
    ...plans.flatMap((plan) => plan.instalments.filter(isOpen).map((row) => row.dueDay)),
  ]
  return days.sort()[0] ?? null
}

/** Principal owed in all; always equal to USED of the ledger. */
export const owedFen = ({ bills, plans }: Account): number =>
  bills.reduce((sum, bill) => sum + bill.owedFen, 0) + plans.reduce((sum, plan) => sum + outstandingFen(plan), 0)

/** Who owes what until when: the sub-ledger of USED by bill and plan (C 二（三）, bank.md §5.7). */
export class Debts {
  readonly terms: CreditTerms
  readonly #accounts = new Map<string, Account>()
  #plans = 0

  constructor(terms: CreditTerms) {
    this.terms = terms
  }

  account(accountNo: string): Account {
    const known = this.#accounts.get(accountNo)
    if (known) return known
    const account: Account = { accountNo, bills: [], plans: [], late: false }
    this.#accounts.set(accountNo, account)
    return account
  }

  all(): Account[] {
    return [...this.#accounts.values()]
  }

  /** Puts a use on the bill of its day. */
  use(accountNo: string, atMs: number, amountFen: number): void {
    if (amountFen === 0) return
    const { bills } = this.account(accountNo)
    const statement = statementOf(this.terms, atMs)
    const known = bills.find((bill) => bill.statement === statement)
    if (known) {
      known.usedFen += amountFen
      known.owedFen += amountFen
    } else {
      bills.push({ statement, dueDay: dueDayOf(this.terms, atMs), usedFen: amountFen, owedFen: amountFen })
      bills.sort((left, right) => left.statement.localeCompare(right.statement))
    }
  }

  /** Takes a refund off: first the bill or plan that the use went into, then other bills, then other plans, oldest first. */
  refund(accountNo: string, usedAtMs: number, amountFen: number): void {
    const { bills, plans } = this.account(accountNo)
    const own = statementOf(this.terms, usedAtMs)
    const isOwn = (one: { readonly statement: string }): boolean => one.statement === own
    const isOther = (one: { readonly statement: string }): boolean => one.statement !== own
    let leftFen = amountFen
    for (const which of [isOwn, isOther]) {
      for (const bill of bills.filter(which)) leftFen -= takeFromBill(bill, leftFen)
      for (const plan of plans.filter(which)) leftFen -= reducePrincipal(plan, leftFen)
    }
    if (leftFen !== 0) throw new Error(`${accountNo}: refund exceeds what is owed by ${leftFen}`)
  }

  /** Repays what is due of plans, oldest first, then bills, oldest first; at most `payableNow`. */
  repay(accountNo: string, amountFen: number): Settlement {
    const { bills, plans } = this.account(accountNo)
    let leftFen = amountFen
    let interestFen = 0
    for (const plan of plans) {
      const paid = payDue(plan, leftFen)
      leftFen -= paid.interestFen + paid.principalFen
      interestFen += paid.interestFen
    }
    for (const bill of bills) leftFen -= takeFromBill(bill, leftFen)
    if (leftFen !== 0) throw new Error(`${accountNo}: repayment exceeds what is payable by ${leftFen}`)
    return { interestFen, principalFen: amountFen - interestFen }
  }

  /** Turns what is left of a bill into a plan. */
  convert(account: Account, bill: ResidentBill): Plan {
    this.#plans += 1
    const plan = newPlan(`FQ${String(this.#plans).padStart(8, '0')}`, bill, this.terms.annualPercent)
    account.plans.push(plan)
    bill.owedFen = 0
    return plan
  }
}

function takeFromBill(bill: ResidentBill, amountFen: number): number {
  const taken = Math.min(amountFen, bill.owedFen)
  bill.owedFen -= taken
  return taken
}
