import type { HoldRow } from '../contract/payments.ts'
import type { RegistrationRow } from '../contract/registrations.ts'
import { formatFen } from '../rules/money.ts'
import { creditName, familyName } from './credit.ts'
import { registration, type RegistrationTextFacts } from './registration-states.ts'
import { askAgain, callHelp as call, type Line, type RenderedState, type StateText } from './state-text.ts'

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

export interface CreditTextFacts {
  readonly phone: string
}

/** What the page of a sign-up shows: state of the agreement, of the quota, and whose quota it is. */
export type CreditRow =
  | 'consentNeeded'
  | 'consentRefused'
  | 'signed'
  | 'sharer'
  | 'sharerPaused'
  | 'notSigned'
  | 'signing'
  | 'terminated'
  | 'frozen'
  | 'overdue'
  | 'expired'
  | 'silent'

interface Machines {
  hold: { row: HoldRow; facts: HoldTextFacts }
  credit: { row: CreditRow; facts: CreditTextFacts }
  registration: { row: RegistrationRow; facts: RegistrationTextFacts }
}
export type Machine = keyof Machines
export type RowOf<M extends Machine> = Machines[M]['row']
export type FactsOf<M extends Machine> = Machines[M]['facts']

const payer = (f: HoldTextFacts): string => (f.family ? familyName : creditName)
const yuan = formatFen
const openVisit = { does: 'openVisit', label: '查看本次就诊' } as const
const openVisits = { does: 'openVisits', label: '查看就诊记录' } as const
const otherWays = '请到缴费窗口或自助机，用微信、银行卡或现金支付'
const doNotPayTwice = '请不要用其他方式重复支付'

const hold: Record<HoldRow, StateText<HoldTextFacts>> = {
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

const credit: Record<CreditRow, StateText<CreditTextFacts>> = {
  consentNeeded: {
    face: 'yourTurn',
    brief: '需要您同意后查询',
    title: `查询${creditName}前，请您确认`,
    money: '',
    next: '您同意之前，医院不会向银行发送任何信息',
    when: '',
    action: { does: 'agree', label: '同意并查询' },
    help: call,
  },
  consentRefused: {
    face: 'notPaid',
    brief: '未同意查询',
    title: `本次不使用${creditName}`,
    money: '没有向银行发送任何信息',
    next: `${otherWays}。改变主意时，可以随时回到这里`,
    when: '',
    action: { does: 'goHome', label: '回到首页' },
    help: call,
  },
  signed: {
    face: 'done',
    brief: '已签约，本人额度',
    title: '已签约，可以使用',
    money: '看病时先锁定额度，就诊结束后按实际费用扣除',
    next: '挂号或就诊时告诉工作人员使用“信用就医”',
    when: '可用额度和还款日，请在交通银行查看',
    action: openVisits,
    help: call,
  },
  sharer: {
    face: 'done',
    brief: '可以使用亲情付',
    title: `可以使用${familyName}`,
    money: '费用由家人共享给您的额度支付，您不用还款',
    next: '挂号或就诊时告诉工作人员使用“信用就医”',
    when: '',
    action: openVisits,
    help: call,
  },
  sharerPaused: {
    face: 'notPaid',
    brief: '亲情付暂不能使用',
    title: `${familyName}暂时不能使用`,
    money: '没有费用被锁定或扣除',
    next: otherWays,
    when: '恢复后这里会更新',
    action: askAgain,
    help: call,
  },
  notSigned: {
    face: 'notPaid',
    brief: '未签约',
    title: `还没有签约${creditName}`,
    money: '不签约也可以看病，费用照常支付',
    next: '想使用时，可以现在去交通银行签约，也可以到缴费窗口办理',
    when: '签约完成后回到这里，会自动更新',
    action: { does: 'sign', label: '去签约' },
    help: call,
  },
  signing: {
    face: 'waiting',
    brief: '签约办理中',
    title: '签约正在办理',
    money: '办理完成前，费用照常支付',
    next: '银行办理完成后，这里会更新',
    when: '可以离开，稍后再来查看',
    action: askAgain,
    help: call,
  },
  terminated: {
    face: 'notPaid',
    brief: '签约已终止',
    title: '签约已终止',
    money: '不会再锁定或扣除额度，已扣的费用仍按银行通知还款',
    next: `${otherWays}。想再次使用，可以去交通银行重新签约`,
    when: '',
    action: { does: 'sign', label: '重新签约' },
    help: call,
  },
  frozen: {
    face: 'notPaid',
    brief: '额度已冻结',
    title: '额度已冻结，暂时不能使用',
    money: '没有新的费用被锁定',
    next: `冻结的原因，请在交通银行查看。现在看病，${otherWays}`,
    when: '',
    action: { does: 'detail', label: '去银行查看' },
    help: call,
  },
  overdue: {
    face: 'yourTurn',
    brief: '有逾期，请先还款',
    title: '有逾期账单，请先还款',
    money: '还清之前，不能锁定新的费用',
    next: `还清后就可以继续使用。现在看病，${otherWays}`,
    when: '还款后回到这里，会自动更新',
    action: { does: 'repay', label: '去还款' },
    help: call,
  },
  expired: {
    face: 'notPaid',
    brief: '额度已到期',
    title: '额度已到期',
    money: '没有新的费用被锁定',
    next: `续期请在交通银行办理。现在看病，${otherWays}`,
    when: '',
    action: { does: 'detail', label: '去银行办理' },
    help: call,
  },
  silent: {
    face: 'waiting',
    brief: '银行暂未答复',
    title: '银行暂时没有答复',
    money: '您的签约和额度没有变化',
    next: '不影响看病，费用可以照常支付',
    when: '请稍后再查一次',
    action: askAgain,
    help: call,
  },
}

/** One text per state of each machine; a state without a text does not compile. */
export const stateTexts: { readonly [M in Machine]: Record<RowOf<M>, StateText<FactsOf<M>>> } = {
  hold,
  credit,
  registration,
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

/** The text of one row with its facts filled in. */
export function renderState<M extends Machine>(machine: M, row: RowOf<M>, facts: FactsOf<M>): RenderedState {
  const text: StateText<FactsOf<M>> = stateTexts[machine][row]
  const fill = (line: Line<FactsOf<M>>): string => (typeof line === 'string' ? line : line(facts))
  return {
    face: text.face,
    brief: text.brief,
    action: text.action,
    title: fill(text.title),
    money: fill(text.money),
    next: fill(text.next),
    when: fill(text.when),
    help: fill(text.help),
  }
}
