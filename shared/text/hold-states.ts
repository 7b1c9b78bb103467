import type { HoldRow } from '../contract/payments.ts'
import { formatFen } from '../rules/money.ts'
import { creditName, familyName } from './credit.ts'
import { askAgain, callHelp as call, otherWays, type StateText } from './state-text.ts'

export interface HoldTextFacts {
  readonly amountFen: number
  readonly captureFen: number
  readonly paidFen: number
  readonly releasedFen: number
  /** “今天 23:30”; null when nothing is locked. */
  readonly deductBy: string | null
  /** Locked after the promised time: the lock ends at 24:00 all the same. */
  readonly late: boolean
  /** “2026年12月25日”; null when the bank did not say. */
  readonly repayBy: string | null
  /** Why the bank refused, in the patient's words. */
  readonly reason: string | null
  readonly family: boolean
  /** A registration fee: there is no visit yet. */
  readonly registration: boolean
  readonly phone: string
}

const payer = (f: HoldTextFacts): string => (f.family ? familyName : creditName)
const yuan = formatFen
const openVisit = { does: 'openVisit', label: '查看本次就诊' } as const
const doNotPayTwice = '请不要用其他方式重复支付'

/** What is said about a payment in each row. */
export const holdStates: Record<HoldRow, StateText<HoldTextFacts>> = {
  locking: {
    face: 'waiting',
    brief: '锁定中',
    title: '正在锁定额度',
    money: (f) => `正在为 ${yuan(f.amountFen)} 锁定额度，尚未扣款`,
    next: '银行答复后，这里会自动更新',
    when: '通常几秒内完成',
    action: askAgain,
    help: call,
  },
  lockDoubt: {
    face: 'waiting',
    brief: '处理中',
    title: '处理中，等待银行答复',
    money: (f) => `${yuan(f.amountFen)} 是否锁定还在核实，尚未扣款`,
    next: `系统正在向银行核实，${doNotPayTwice}`,
    when: '通常几分钟内有结果',
    action: askAgain,
    help: call,
  },
  held: {
    face: 'waiting',
    brief: '已锁定，未扣款',
    title: '额度已锁定，尚未扣款',
    money: (f) =>
      f.deductBy === null || f.late
        ? `已锁定额度 ${yuan(f.amountFen)}，尚未扣款`
        : `已锁定额度 ${yuan(f.amountFen)}，尚未扣款，最晚${tonight(f.deductBy)}扣除`,
    next: (f) =>
      f.registration
        ? '医院挂好号后就扣除'
        : f.late
          ? `锁定得比较晚，到零点还没有扣除就会自动释放，那时${otherWays}`
          : '就诊结束后按实际费用扣除，没有用到的部分自动释放',
    when: '您现在不用做任何操作',
    action: openVisit,
    help: call,
  },
  confirming: {
    face: 'waiting',
    brief: '扣款中',
    title: '正在扣款',
    money: (f) => `正在从${payer(f)}额度扣除 ${yuan(f.captureFen)}`,
    next: '银行答复后，这里会自动更新',
    when: '通常几秒内完成',
    action: askAgain,
    help: call,
  },
  confirmDoubt: {
    face: 'waiting',
    brief: '处理中',
    title: '处理中，等待银行确认扣款',
    money: (f) => `${yuan(f.captureFen)} 是否扣除还在核实`,
    next: `系统正在向银行核实，${doNotPayTwice}`,
    when: '通常几分钟内有结果',
    action: askAgain,
    help: call,
  },
  cancelling: {
    face: 'waiting',
    brief: '释放中',
    title: '正在释放额度',
    money: (f) => `正在释放锁定的 ${yuan(f.amountFen)}，这笔不会扣款`,
    next: '银行答复后，这里会自动更新',
    when: '通常几秒内完成',
    action: askAgain,
    help: call,
  },
  cancelDoubt: {
    face: 'waiting',
    brief: '处理中',
    title: '处理中，等待银行确认释放',
    money: (f) => `${yuan(f.amountFen)} 的额度正在释放，这笔不会扣款`,
    next: '系统正在向银行核实，您不用做任何操作',
    when: '通常几分钟内有结果',
    action: askAgain,
    help: call,
  },
  paid: {
    face: 'done',
    brief: '已扣款',
    title: '已扣款，支付完成',
    money: (f) => `已从${payer(f)}额度扣除 ${yuan(f.paidFen)}`,
    next: repay,
    when: '',
    action: openVisit,
    help: call,
  },
  partlyPaid: {
    face: 'done',
    brief: '按实际扣款',
    title: '已按实际费用扣款',
    money: (f) => `已从${payer(f)}额度扣除 ${yuan(f.paidFen)}，没有用到的 ${yuan(f.releasedFen)} 已释放`,
    next: repay,
    when: '',
    action: openVisit,
    help: call,
  },
  released: {
    face: 'done',
    brief: '已释放',
    title: '额度已释放',
    money: (f) => `锁定的 ${yuan(f.amountFen)} 已全部释放，没有扣款`,
    next: '这笔费用已经了结，您不用做任何操作',
    when: '',
    action: openVisit,
    help: call,
  },
  declined: {
    face: 'notPaid',
    brief: '请用其他方式支付',
    title: '请用其他方式支付',
    money: (f) => `银行没有锁定 ${yuan(f.amountFen)}，没有扣款`,
    next: (f) => (f.reason === null ? waysOf(f) : `原因：${f.reason}。${waysOf(f)}`),
    when: (f) => (f.registration ? '' : '本次就诊的其他费用不受影响'),
    action: openVisit,
    help: call,
  },
  expired: {
    face: 'notPaid',
    brief: '锁定已到期',
    title: '锁定已到期，没有扣款',
    money: (f) => `${yuan(f.amountFen)} 的锁定已到期，额度已恢复，没有扣款`,
    next: waysOf,
    when: '',
    action: openVisit,
    help: call,
  },
  review: {
    face: 'waiting',
    brief: '人工核对中',
    title: '处理中，医院正在核对',
    money: (f) => `这笔 ${yuan(f.captureFen)} 由医院财务人工核对，${doNotPayTwice}`,
    next: '核对完成后，结果会更新在这里',
    when: '一般在一个工作日内完成',
    action: askAgain,
    help: call,
  },
}

function waysOf(f: HoldTextFacts): string {
  return f.registration ? '请打开这次挂号，用其他方式支付' : otherWays
}

function repay(f: HoldTextFacts): string {
  if (f.family) return '由家人共享的额度支付，您不用还款'
  return f.repayBy === null ? '还款日以交通银行短信为准' : `请在 ${f.repayBy}前还款，以交通银行短信为准`
}

/** “今天 23:30” → “今晚 23:30”: the deduction happens in the evening. */
function tonight(at: string): string {
  return at.startsWith('今天') ? `${at.replace('今天', '今晚')} ` : ` ${at} `
}
