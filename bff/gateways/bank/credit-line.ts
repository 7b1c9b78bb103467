import {
  fenToYuan,
  instantOf,
  timeOf,
  unknown,
  type AskAnswer,
  type Facts,
  type LineRule,
  type Outcome,
  type StepName,
} from '@paycare/shared/rules'
import type { CallContent, CallMark, Line } from '../line.ts'
import type { BankAnswer, BankClient } from './client.ts'
import { CancelReply, ConfirmReply, LockReply, PostPayReply } from './messages.ts'
import { outcomeOfCode } from './codes.ts'

/** Opens a person's identity for the length of one call. */
export type OpenIdentity = (personId: string) => Promise<{ name: string; idNumber: string }>

const second = 1_000
const minute = 60 * second
const hour = 60 * minute

/** `bank.md §4.2` poll plan and the two quiet times of `engine.md §9`. */
export const creditRule: LineRule = {
  askPlanMs: [
    ...[2, 5, 10, 30, 60].map((s) => s * second),
    ...Array.from({ length: 11 }, () => 5 * minute),
    ...Array.from({ length: 12 }, () => hour),
  ],
  resendAfterMs: 30 * second,
  concludeAfterMs: 10 * minute,
  retryAfterMs: 5 * minute,
  // A lock ends at T 24:00: 23:58, 23:45, 22:00 to 22:45, 23:15 to 23:30, five minutes of age (`bank.md §5.2`, docs/decisions.md).
  dayCut: {
    guardMs: 2 * minute,
    raiseMs: 15 * minute,
    sweepMs: 2 * hour,
    spreadMs: 45 * minute,
    lastPassMs: 45 * minute,
    youngMs: 5 * minute,
  },
}

/** The rule with the institution's own guard before the end of a lock, where one is set. */
export function creditRuleOf(guardMs: number | undefined): LineRule {
  const { dayCut } = creditRule
  return guardMs === undefined || !dayCut ? creditRule : { ...creditRule, dayCut: { ...dayCut, guardMs } }
}

/** “信用就医” as a line of the engine: 锁定, 确认, 取消 and 支付医后付查询 (`bank.md §3.2–3.4, 3.10`). */
export function creditLine(bank: BankClient, openIdentity: OpenIdentity, rule: LineRule = creditRule): Line {
  return {
    rule,
    clock: bank.bankClock,
    serialLetters: { lock: 'L', confirm: 'C', cancel: 'X' },
    send: async (step, content, mark) => {
      const common = {
        mer_tran_no: mark.serial,
        mer_trade_date: mark.tradeDate,
        mer_trade_time: timeOf(mark.firstSentAtMs),
      }
      switch (step) {
        case 'lock':
          return sendLock(bank, { ...common, ...(await identityBlock(bank, openIdentity, content)) }, content, mark)
        case 'confirm':
          return sendConfirm(bank, { ...common, ...(await identityBlock(bank, openIdentity, content)) }, content, mark)
        case 'cancel':
          return sendCancel(bank, common, content, mark)
      }
    },
    ask: (step, content, mark) => askState(bank, step, content, mark),
  }
}

async function identityBlock(bank: BankClient, openIdentity: OpenIdentity, content: CallContent) {
  const { name, idNumber } = await openIdentity(content.personId)
  return { cus_name: bank.sealField(name), cert_type: '01', cert_no: bank.sealField(idNumber) }
}

async function sendLock(bank: BankClient, head: object, content: CallContent, mark: CallMark): Promise<Outcome> {
  const { terms } = content
  const body = {
    ...head,
    sign_agr_no: terms['agreementNo'],
    lock_amount: fenToYuan(content.amountFen),
    currency: 'CNY',
    biz_scene: terms['scene'],
    visit_no: terms['visitNo'],
    order_no: terms['orderNo'],
    tran_content: '门诊费用',
  }
  const answer = await bank.call('lock', content.institution, mark.msgId, body, LockReply)
  return decided(
    answer,
    mark,
    (b) => b.lock_state,
    (b) => ({
      ref: refs({ lockNo: b.lock_no }),
      ...optional({ amountFen: b.lock_amount, expiresAtMs: instantOf(b.lock_expire_time ?? '') }),
    }),
  )
}

async function sendConfirm(bank: BankClient, head: object, content: CallContent, mark: CallMark): Promise<Outcome> {
  const body = { ...head, ...originalLock(content), confirm_amount: fenToYuan(content.amountFen) }
  const answer = await bank.call('confirm', content.institution, mark.msgId, body, ConfirmReply)
  return decided(
    answer,
    mark,
    (b) => b.confirm_state,
    (b) => ({
      ref: refs({ sysOrderNo: b.sys_order_no }),
      ...optional({ amountFen: b.confirm_amount, acctDate: b.acct_date, repayBy: b.repay_due_date }),
    }),
  )
}

async function sendCancel(bank: BankClient, head: object, content: CallContent, mark: CallMark): Promise<Outcome> {
  const body = { ...head, ...originalLock(content) }
  const answer = await bank.call('cancel', content.institution, mark.msgId, body, CancelReply)
  return decided(
    answer,
    mark,
    (b) => b.cancel_state,
    () => ({ ref: {} }),
  )
}

/** The lock that a confirm or a cancel is about: its own serial, and the bank's number when known. */
function originalLock(content: CallContent) {
  const lock = content.earlier.find((call) => call.step === 'lock')
  if (!lock) throw new Error('no lock to refer to')
  const lockNo = lock.ref['lockNo']
  return { orig_mer_tran_no: lock.serial, ...(lockNo === undefined ? {} : { lock_no: lockNo }) }
}

/** Business state → outcome. An answer about another serial than the one asked for proves nothing. */
function decided<T extends { mer_tran_no: string | undefined }>(
  answer: BankAnswer<T>,
  mark: CallMark,
  stateOf: (body: T) => 'SUCCESS' | 'PROCESSING' | 'FAIL',
  factsOf: (body: T) => Facts,
): Outcome {
  if (answer.is !== 'done') return answer
  const { body } = answer
  if (body.mer_tran_no !== undefined && body.mer_tran_no !== mark.serial) return unknown('answer to another serial')
  switch (stateOf(body)) {
    case 'SUCCESS':
      return { is: 'succeeded', facts: factsOf(body) }
    case 'PROCESSING':
      return { is: 'accepted' }
    case 'FAIL':
      return unknown('failure without a code')
  }
}

const queryTypes = { lock: 'LOCK', confirm: 'CONFIRM', cancel: 'CANCEL' } as const

async function askState(bank: BankClient, step: StepName, content: CallContent, mark: CallMark): Promise<AskAnswer> {
  const body = { query_type: queryTypes[step], mer_tran_no: mark.serial, mer_trade_date: mark.tradeDate }
  const answer = await bank.call('postPayQuery', content.institution, mark.msgId, body, PostPayReply)
  // A refused or unanswered question says nothing about the call it asks about.
  if (answer.is !== 'done') return unknown(answer.is)
  if (answer.body.found === 'N') return { is: 'notFound' }
  return { lock: lockStands, confirm: confirmStands, cancel: cancelStands }[step](answer.body)
}

function lockStands(b: PostPayReply): AskAnswer {
  const facts = {
    ref: refs({ lockNo: b.lock_no }),
    ...optional({ amountFen: b.lock_amount, expiresAtMs: instantOf(b.lock_expire_time ?? '') }),
  }
  switch (b.lock_status) {
    case 'LOCKED':
      return { is: 'succeeded', facts: { ...facts, stands: 'held' } }
    case 'CONFIRMED':
      return { is: 'succeeded', facts: { ref: facts.ref, ...confirmed(b), stands: 'paid' } }
    case 'CANCELLED':
      return { is: 'succeeded', facts: { ...facts, stands: 'released' } }
    case 'EXPIRED':
      return { is: 'succeeded', facts: { ...facts, stands: 'expired' } }
    case 'PROCESSING':
      return { is: 'accepted' }
    case 'FAIL':
      return finalRefusal(b)
    default:
      return unknown('no lock status')
  }
}

function confirmStands(b: PostPayReply): AskAnswer {
  switch (b.confirm_state) {
    case 'SUCCESS':
      return { is: 'succeeded', facts: { ref: refs({ sysOrderNo: b.sys_order_no }), ...confirmed(b) } }
    case 'PROCESSING':
      return { is: 'accepted' }
    case 'FAIL':
      return finalRefusal(b)
    default:
      return unknown('no confirm state')
  }
}

function cancelStands(b: PostPayReply): AskAnswer {
  if (b.cancel_state === 'FAIL') return finalRefusal(b)
  if (b.cancel_state === 'PROCESSING' || b.lock_status === 'PROCESSING') return { is: 'accepted' }
  if (b.lock_status === 'CANCELLED' || b.lock_status === 'EXPIRED') return { is: 'succeeded', facts: { ref: {} } }
  return unknown('cancel not decided')
}

function confirmed(b: PostPayReply): Partial<Facts> {
  return optional({ amountFen: b.confirm_amount, acctDate: b.acct_date, repayBy: b.repay_due_date })
}

/** The query says FAIL: final whatever the code, because the bank has decided. */
function finalRefusal(b: PostPayReply): Outcome {
  const code = b.fail_code ?? 'BANK_REFUSED'
  const outcome = outcomeOfCode(code)
  return outcome.is === 'refused' ? outcome : { is: 'refused', code }
}

function refs(parts: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(parts).filter((part): part is [string, string] => part[1] !== undefined))
}

/** Leaves out what the bank did not say. */
function optional<T extends Record<string, unknown>>(parts: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}
