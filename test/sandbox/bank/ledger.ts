import {
  DEBIT_ACCOUNTS,
  POSTING_RULES,
  type AccountKind,
  type LedgerEvent,
  type Move,
  type PostingFacts,
} from './posting-rules.ts'

/** One balanced booking. */
export interface Posting {
  readonly seq: number
  readonly atMs: number
  readonly event: LedgerEvent
  readonly accountNo: string | null
  readonly merPtcId: string | null
  readonly serial: string | null
  readonly day: string
  readonly moves: readonly Move[]
}

/** Who and when of a booking. */
export interface PostingOrigin {
  readonly atMs: number
  readonly day: string
  /** Agreement number of the principal whose accounts move; null where only a merchant's do. */
  readonly accountNo: string | null
  readonly merPtcId: string | null
  readonly serial: string | null
}

/** Balances of one principal in fen. */
export interface PrincipalBalance {
  readonly accountNo: string
  readonly limitFen: number
  readonly availableFen: number
  readonly pendingFen: number
  readonly lockedFen: number
  readonly usedFen: number
  readonly overpaidFen: number
  /** Interest of instalments that is due and unpaid; no part of the quota. */
  readonly interestFen: number
}

/** Balances of one merchant in fen; `receivableFen` by accounting day T. */
export interface MerchantBalance {
  readonly merPtcId: string
  readonly receivableFen: Readonly<Record<string, number>>
  readonly reserveFen: number
  /** Taken out of receivable or reserve by refunds that are still in PROCESSING. */
  readonly refundingFen: number
  readonly settledFen: number
}

type MerchantKind = 'RECV' | 'RESERVE' | 'REFUNDING' | 'SETTLED'
type BankKind = 'ADVANCED' | 'DEPOSITED' | 'EARNED' | 'COLLECTED'

const MERCHANT_KINDS: ReadonlySet<AccountKind> = new Set<AccountKind>(['RECV', 'RESERVE', 'REFUNDING', 'SETTLED'])
const BANK_KINDS: ReadonlySet<AccountKind> = new Set<AccountKind>(['ADVANCED', 'DEPOSITED', 'EARNED', 'COLLECTED'])

function accountKey(kind: AccountKind, origin: PostingOrigin): string {
  if (BANK_KINDS.has(kind)) return `${kind}/bank`
  if (!MERCHANT_KINDS.has(kind)) return `${kind}/${origin.accountNo ?? ''}`
  const key = `${kind}/${origin.merPtcId ?? ''}`
  return kind === 'RECV' ? `${key}/${origin.day}` : key
}

/** Double-entry ledger in fen (bank.md §5.4); a booking that does not balance or overdraws an account throws. */
export class Ledger {
  readonly #balances = new Map<string, number>()
  readonly #postings: Posting[] = []
  readonly #effects = new Map<string, number>()
  readonly #principals = new Set<string>()
  /** Days on which a merchant has ever had a receivable. */
  readonly #days = new Map<string, Set<string>>()

  post(event: LedgerEvent, facts: PostingFacts, origin: PostingOrigin): void {
    const rule = POSTING_RULES[event]
    const moves = rule.moves(facts).filter((move) => move.amountFen !== 0)
    let debits = 0
    let credits = 0
    for (const move of moves) {
      if (!Number.isSafeInteger(move.amountFen) || move.amountFen < 0) throw new Error(`${event}: bad amount`)
      if (move.side === 'debit') debits += move.amountFen
      else credits += move.amountFen
    }
    if (debits !== credits) throw new Error(`${event}: debits ${debits} differ from credits ${credits}`)
    this.#apply(event, moves, origin)
    if (origin.accountNo !== null) this.#principals.add(origin.accountNo)
    this.#postings.push({ seq: this.#postings.length + 1, event, moves, ...origin })
    if (rule.effect && origin.serial !== null) {
      this.#effects.set(origin.serial, (this.#effects.get(origin.serial) ?? 0) + 1)
    }
  }

  #apply(event: LedgerEvent, moves: readonly Move[], origin: PostingOrigin): void {
    const next = new Map<string, number>()
    for (const move of moves) {
      const key = accountKey(move.account, origin)
      if (move.account === 'RECV') this.#markDay(origin)
      const sign = DEBIT_ACCOUNTS.has(move.account) === (move.side === 'debit') ? 1 : -1
      next.set(key, (next.get(key) ?? this.#balances.get(key) ?? 0) + sign * move.amountFen)
    }
    for (const [key, balance] of next) if (balance < 0) throw new Error(`${event}: ${key} would be ${balance}`)
    for (const [key, balance] of next) this.#balances.set(key, balance)
  }

  #markDay({ merPtcId, day }: PostingOrigin): void {
    const days = this.#days.get(merPtcId ?? '')
    if (days) days.add(day)
    else this.#days.set(merPtcId ?? '', new Set([day]))
  }

  balance(kind: Exclude<AccountKind, MerchantKind | BankKind>, accountNo: string): number {
    return this.#balances.get(`${kind}/${accountNo}`) ?? 0
  }

  /** Number of money effects that a business serial has had. */
  effects(serial: string): number {
    return this.#effects.get(serial) ?? 0
  }

  postings(): readonly Posting[] {
    return this.#postings
  }

  principals(): PrincipalBalance[] {
    return [...this.#principals].map((accountNo) => ({
      accountNo,
      limitFen: this.balance('LIMIT', accountNo),
      availableFen: this.balance('AVAILABLE', accountNo),
      pendingFen: this.balance('PENDING', accountNo),
      lockedFen: this.balance('LOCKED', accountNo),
      usedFen: this.balance('USED', accountNo),
      overpaidFen: this.balance('OVERPAID', accountNo),
      interestFen: this.balance('INTEREST', accountNo),
    }))
  }

  /** What a merchant may claim for one accounting day, its refunds taken off. */
  receivableFen(merPtcId: string, day: string): number {
    return this.#balances.get(`RECV/${merPtcId}/${day}`) ?? 0
  }

  reserveFen(merPtcId: string): number {
    return this.#balances.get(`RESERVE/${merPtcId}`) ?? 0
  }

  merchant(merPtcId: string): MerchantBalance {
    const days = [...(this.#days.get(merPtcId) ?? [])]
    return {
      merPtcId,
      receivableFen: Object.fromEntries(days.map((day) => [day, this.receivableFen(merPtcId, day)])),
      reserveFen: this.reserveFen(merPtcId),
      refundingFen: this.#balances.get(`REFUNDING/${merPtcId}`) ?? 0,
      settledFen: this.#balances.get(`SETTLED/${merPtcId}`) ?? 0,
    }
  }
}
