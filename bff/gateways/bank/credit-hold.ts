import { fenToYuan, instantOf, unknown, type AskAnswer, type Facts, type Outcome } from '@paycare/shared/rules'
import type { CallContent, CallMark } from '../line.ts'
import type { BankClient } from './client.ts'
import { decided, finalRefusal, optional, refs } from './credit-answer.ts'
import { CancelReply, ConfirmReply, LockReply, PostPayReply } from './messages.ts'

/** 锁定 (`bank.md §3.2`). */
export async function sendLock(bank: BankClient, head: object, content: CallContent, mark: CallMark): Promise<Outcome> {
  const { terms } = content
  const body = {
    ...head,
    sign_agr_no: terms['agreementNo'],
    lock_amount: fenToYuan(content.amountFen),
    currency: 'CNY',
    biz_scene: terms['scene'],
    visit_no: terms['visitNo'],
    order_no: terms['orderNo'],
    tran_content: terms['scene'] === 'VACC' ? '疫苗接种费用' : '门诊费用',
  }
  const answer = await bank.call('lock', content.institution, mark.msgId, body, LockReply)
  return decided(answer, mark, {
    serial: (b) => b.mer_tran_no,
    state: (b) => b.lock_state,
    facts: (b) => ({
      ref: refs({ lockNo: b.lock_no }),
      ...optional({ amountFen: b.lock_amount, expiresAtMs: instantOf(b.lock_expire_time ?? '') }),
    }),
  })
}

/** 确认 (`bank.md §3.3`). */
export async function sendConfirm(
  bank: BankClient,
  head: object,
  content: CallContent,
  mark: CallMark,
): Promise<Outcome> {
  const body = { ...head, ...originalLock(content), confirm_amount: fenToYuan(content.amountFen) }
  const answer = await bank.call('confirm', content.institution, mark.msgId, body, ConfirmReply)
  return decided(answer, mark, {
    serial: (b) => b.mer_tran_no,
    state: (b) => b.confirm_state,
    facts: (b) => ({
      ref: refs({ sysOrderNo: b.sys_order_no }),
      ...optional({ amountFen: b.confirm_amount, acctDate: b.acct_date, repayBy: b.repay_due_date }),
    }),
  })
}

/** 取消 (`bank.md §3.4`). */
export async function sendCancel(
  bank: BankClient,
  head: object,
  content: CallContent,
  mark: CallMark,
): Promise<Outcome> {
  const body = { ...head, ...originalLock(content) }
  const answer = await bank.call('cancel', content.institution, mark.msgId, body, CancelReply)
  return decided(answer, mark, {
    serial: (b) => b.mer_tran_no,
    state: (b) => b.cancel_state,
    facts: () => ({ ref: {} }),
  })
}

/** The lock that a confirm or a cancel is about: its own serial, and the bank's number when known. */
function originalLock(content: CallContent) {
  const lock = content.earlier.find((call) => call.step === 'lock')
  if (!lock) throw new Error('no lock to refer to')
  const lockNo = lock.ref['lockNo']
  return { orig_mer_tran_no: lock.serial, ...(lockNo === undefined ? {} : { lock_no: lockNo }) }
}

/** The calls of a hold. */
export type HoldStep = 'lock' | 'confirm' | 'cancel'

const queryTypes = { lock: 'LOCK', confirm: 'CONFIRM', cancel: 'CANCEL' } as const

/** 支付医后付查询 (`bank.md §3.10`). */
export async function askHold(
  bank: BankClient,
  step: HoldStep,
  content: CallContent,
  mark: CallMark,
): Promise<AskAnswer> {
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
      return finalRefusal(b.fail_code)
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
      return finalRefusal(b.fail_code)
    default:
      return unknown('no confirm state')
  }
}

function cancelStands(b: PostPayReply): AskAnswer {
  if (b.cancel_state === 'FAIL') return finalRefusal(b.fail_code)
  if (b.cancel_state === 'PROCESSING' || b.lock_status === 'PROCESSING') return { is: 'accepted' }
  if (b.lock_status === 'CANCELLED' || b.lock_status === 'EXPIRED') return { is: 'succeeded', facts: { ref: {} } }
  return unknown('cancel not decided')
}

function confirmed(b: PostPayReply): Partial<Facts> {
  return optional({ amountFen: b.confirm_amount, acctDate: b.acct_date, repayBy: b.repay_due_date })
}
