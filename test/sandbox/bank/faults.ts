import { z } from 'zod'
import type { SandboxRandom } from '../random.ts'

const adapterKinds = ['ADPTSY_0003', 'ADPTSY_0004', 'ADPTSY_0005', 'ADPTSY_0006', 'ADPTSY_0008'] as const

/** What can be wrong with a bill; they strike `downloadBill` alone. */
const billKinds = ['BILL_MISSING_ROW', 'BILL_EXTRA_ROW', 'BILL_LATE', 'BILL_GBK'] as const

/** Interfaces of the data plane. */
export const apiNames = [
  'querySign',
  'lock',
  'confirm',
  'cancel',
  'postPayQuery',
  'payCheck',
  'pay',
  'payQuery',
  'refund',
  'refundQuery',
  'downloadBill',
  'heldAmountQuery',
] as const
/** Name of an interface of the data plane. */
export type ApiName = (typeof apiNames)[number]

/** Kinds of fault (bank.md §6). */
export const faultKinds = [
  'DROP_BEFORE',
  'EXECUTE_THEN_DROP',
  'EXECUTE_THEN_PROCESSING',
  ...adapterKinds,
  'BAD_SIGN',
  'WRONG_KEY_ID',
  'RATE_LIMIT',
  'QUERY_LAGS',
  'DELAY',
  'HTTP_502_HTML',
  'TRUNCATED_JSON',
  ...billKinds,
] as const

/** A fault rule as the control plane takes it: api × match × (times | probability) × kind. */
export const faultRuleInput = z.strictObject({
  api: z.enum([...apiNames, '*']),
  match: z
    .strictObject({
      serial: z.string().optional(),
      merPtcId: z.string().optional(),
      amountFen: z.int().positive().optional(),
    })
    .optional(),
  /** The rule is used up after so many hits; without it the rule stays. */
  times: z.int().positive().optional(),
  probability: z.number().min(0).max(1).optional(),
  kind: z.enum(faultKinds),
  /** ADPTSY_*, BAD_SIGN, WRONG_KEY_ID, HTTP_502_HTML and TRUNCATED_JSON can strike before or after execution. */
  phase: z.enum(['before', 'after']).default('after'),
  /** EXECUTE_THEN_PROCESSING: what it becomes, and when (whichever comes first). */
  final: z.enum(['SUCCESS', 'FAIL']).default('SUCCESS'),
  failCode: z.string().optional(),
  afterQueries: z.int().positive().optional(),
  afterMs: z.int().nonnegative().optional(),
  /** QUERY_LAGS. */
  lagMs: z.int().nonnegative().default(5_000),
  /** DELAY. */
  delayMs: z.int().nonnegative().default(3_000),
})

/** A fault rule as written by a caller. */
export type FaultRuleInput = z.input<typeof faultRuleInput>
/** A fault rule with its number and its count of hits. */
export type FaultRule = z.output<typeof faultRuleInput> & { readonly id: string; hits: number }

/** What a rule is matched against. */
export interface FaultSubject {
  readonly api: ApiName
  readonly merPtcId: string
  readonly serial: string | null
  readonly amountFen: number | null
}

/** The faults that one call meets. */
export interface FaultPlan {
  delayMs: number
  before: FaultRule | null
  after: FaultRule | null
  processing: FaultRule | null
  lagMs: number
  bill: FaultRule | null
}

/** No fault at all, shared by every call that meets no rule. */
const NO_FAULT: Readonly<FaultPlan> = { delayMs: 0, before: null, after: null, processing: null, lagMs: 0, bill: null }

function matches(rule: FaultRule, subject: FaultSubject): boolean {
  if (rule.api !== '*' && rule.api !== subject.api) return false
  if (rule.kind.startsWith('BILL_') && subject.api !== 'downloadBill') return false
  if (rule.times !== undefined && rule.hits >= rule.times) return false
  const match = rule.match
  if (!match) return true
  return (
    (match.serial === undefined || match.serial === subject.serial) &&
    (match.merPtcId === undefined || match.merPtcId === subject.merPtcId) &&
    (match.amountFen === undefined || match.amountFen === subject.amountFen)
  )
}

function slotOf(rule: FaultRule): 'delayMs' | 'lagMs' | 'processing' | 'before' | 'after' | 'bill' {
  if (rule.kind === 'DELAY') return 'delayMs'
  if (rule.kind === 'QUERY_LAGS') return 'lagMs'
  if (rule.kind === 'EXECUTE_THEN_PROCESSING') return 'processing'
  if (rule.kind.startsWith('BILL_')) return 'bill'
  if (rule.kind === 'DROP_BEFORE' || rule.kind === 'RATE_LIMIT') return 'before'
  return rule.kind === 'EXECUTE_THEN_DROP' ? 'after' : rule.phase
}

/** Fen parts that provoke a failure from the doctor's page; they exist so that a person needs no control plane. */
const SENTINELS: Readonly<Record<string, FaultRuleInput>> = {
  'lock.13': { api: 'lock', kind: 'EXECUTE_THEN_DROP' },
  'lock.14': { api: 'lock', kind: 'DROP_BEFORE' },
  'lock.15': { api: 'lock', kind: 'EXECUTE_THEN_PROCESSING', afterQueries: 2 },
  'lock.16': { api: 'lock', kind: 'ADPTSY_0004' },
  'confirm.23': { api: 'confirm', kind: 'EXECUTE_THEN_DROP' },
  'confirm.24': { api: 'confirm', kind: 'DROP_BEFORE' },
  'confirm.25': { api: 'confirm', kind: 'EXECUTE_THEN_PROCESSING', afterQueries: 2 },
  'pay.33': { api: 'pay', kind: 'EXECUTE_THEN_DROP' },
  'pay.34': { api: 'pay', kind: 'DROP_BEFORE' },
  'pay.35': { api: 'pay', kind: 'EXECUTE_THEN_PROCESSING', afterQueries: 2 },
  'pay.36': { api: 'pay', kind: 'ADPTSY_0004' },
  'refund.43': { api: 'refund', kind: 'EXECUTE_THEN_DROP' },
  'refund.44': { api: 'refund', kind: 'DROP_BEFORE' },
  'refund.45': { api: 'refund', kind: 'EXECUTE_THEN_PROCESSING', afterQueries: 2 },
}

/** Fault switches: rules from the control plane plus, when asked for, the sentinel amounts. */
export class Faults {
  readonly #random: SandboxRandom
  readonly #sentinels: boolean
  readonly #provoked = new Set<string>()
  #rules: FaultRule[] = []
  #sequence = 0

  constructor(random: SandboxRandom, sentinels: boolean) {
    this.#random = random
    this.#sentinels = sentinels
  }

  add(input: FaultRuleInput): FaultRule {
    this.#sequence += 1
    const rule: FaultRule = { ...faultRuleInput.parse(input), id: `F${this.#sequence}`, hits: 0 }
    this.#rules.push(rule)
    return rule
  }

  list(): readonly FaultRule[] {
    return this.#rules
  }

  /** Clears one rule, or all of them. */
  clear(id?: string): void {
    this.#rules = id === undefined ? [] : this.#rules.filter((rule) => rule.id !== id)
  }

  /** Draws the faults of one call; a rule that has no say in it, because an earlier one won, is not used up. */
  plan(subject: FaultSubject): Readonly<FaultPlan> {
    const sentinel = this.#sentinel(subject)
    if (this.#rules.length === 0 && !sentinel) return NO_FAULT
    const plan: FaultPlan = { ...NO_FAULT }
    const rules = sentinel ? [sentinel, ...this.#rules] : this.#rules
    const matching = rules.filter((rule) => matches(rule, subject))
    this.#draw(
      plan,
      matching.filter((rule) => slotOf(rule) === 'before'),
    )
    if (plan.before)
      this.#draw(
        plan,
        matching.filter((rule) => rule.kind === 'DELAY'),
      )
    else
      this.#draw(
        plan,
        matching.filter((rule) => slotOf(rule) !== 'before'),
      )
    return plan
  }

  #draw(plan: FaultPlan, rules: readonly FaultRule[]): void {
    for (const rule of rules) {
      const slot = slotOf(rule)
      if (plan[slot]) continue
      if (rule.probability !== undefined && this.#random.next() >= rule.probability) continue
      rule.hits += 1
      if (slot === 'delayMs') plan.delayMs = rule.delayMs
      else if (slot === 'lagMs') plan.lagMs = rule.lagMs
      else plan[slot] = rule
    }
  }

  /** A sentinel strikes each serial once, so that sending again gets an honest answer. */
  #sentinel(subject: FaultSubject): FaultRule | null {
    if (!this.#sentinels || subject.amountFen === null) return null
    const input = SENTINELS[`${subject.api}.${subject.amountFen % 100}`]
    if (!input) return null
    const key = `${subject.api}/${subject.merPtcId}/${subject.serial}`
    if (this.#provoked.has(key)) return null
    this.#provoked.add(key)
    return { ...faultRuleInput.parse(input), id: 'sentinel', hits: 0 }
  }
}
