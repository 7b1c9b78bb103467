import type { RefundRow } from '../contract/refunds.ts'
import { formatFen } from '../rules/money.ts'
import { creditName, familyName } from './credit.ts'
import { askAgain, callHelp, type StateText } from './state-text.ts'

export interface RefundTextFacts {
  readonly askedFen: number
  /** Null before the decision. */
  readonly acceptedFen: number | null
  readonly backFen: number
  /** Whose quota paid: a family member's. */
  readonly family: boolean
  /** Nothing was deducted: only locks are released. */
  readonly onlyLocked: boolean
  /** “11月23日 10:15”: by when the hospital promises to have decided. */
  readonly decideBy: string
  /** What the hospital wrote with its decision. */
  readonly decision: string | null
  readonly phone: string
}

type Facts = RefundTextFacts
const asked = (f: Facts): string => `申请退 ${formatFen(f.askedFen)}`
const accepted = (f: Facts): string => formatFen(f.acceptedFen ?? f.askedFen)
const quota = (f: Facts): string => (f.family ? `${familyName}额度` : `本人“${creditName}”额度`)
const said = (f: Facts): string => (f.decision === null ? '' : `医院说明：${f.decision}`)
const less = (f: Facts): string =>
  f.acceptedFen !== null && f.acceptedFen < f.askedFen ? `申请 ${formatFen(f.askedFen)}，医院同意 ${accepted(f)}。` : ''
const goHome = { does: 'goHome', label: '回到首页' } as const
const openVisits = { does: 'openVisits', label: '查看就诊记录' } as const
const nothingMoved = (f: Facts): string => `${asked(f)}，还没有退回`

/** What the page of a refund says in each row: who has it in hand, what comes next, and when. */
export const refundStates: Record<RefundRow, StateText<Facts>> = {
  asked: {
    face: 'waiting',
    brief: '医院审核中',
    title: '已提交，等待医院审核',
    money: nothingMoved,
    next: '医院核对哪些项目可以退、退多少，有结果会更新在这里',
    when: (f) => `医院最晚 ${f.decideBy} 前答复`,
    action: askAgain,
    help: callHelp,
  },
  askDoubt: {
    face: 'waiting',
    brief: '处理中',
    title: '处理中，正在把申请送到医院',
    money: nothingMoved,
    next: '医院系统还没有回应，会自动再送，请不要重复申请',
    when: '通常几分钟内送到',
    action: askAgain,
    help: callHelp,
  },
  approving: {
    face: 'waiting',
    brief: '医院复核中',
    title: '医院已初审，等待复核',
    money: (f) => `${less(f)}金额较大，须由医院第二个人复核，还没有退回`,
    next: '复核通过后退回额度',
    when: (f) => `医院最晚 ${f.decideBy} 前答复`,
    action: askAgain,
    help: callHelp,
  },
  declined: {
    face: 'notPaid',
    brief: '医院未同意',
    title: '医院没有同意退费',
    money: (f) => `${asked(f)}，没有退回`,
    next: (f) => said(f) || '可以到医院窗口了解原因',
    when: '',
    action: openVisits,
    help: callHelp,
  },
  withdrawn: {
    face: 'done',
    brief: '已撤回',
    title: '申请已撤回',
    money: (f) => `${asked(f)}，没有退回`,
    next: '需要时可以再申请',
    when: '',
    action: openVisits,
    help: callHelp,
  },
  running: {
    face: 'waiting',
    brief: '退回中',
    title: '医院已同意，正在退回额度',
    money: (f) => `${less(f)}${accepted(f)} 正在退回${quota(f)}`,
    next: (f) => said(f) || '银行答复后，这里会自动更新',
    when: '通常几秒内完成',
    action: askAgain,
    help: callHelp,
  },
  runningDoubt: {
    face: 'waiting',
    brief: '处理中',
    title: '处理中，等待银行答复',
    money: (f) => `${less(f)}${accepted(f)} 是否已退回还在核实`,
    next: '系统正在向银行核实，请不要重复申请',
    when: '通常几分钟内有结果',
    action: askAgain,
    help: callHelp,
  },
  waiting: {
    face: 'waiting',
    brief: '等待医院备款',
    title: '医院已同意，等待医院账户备款',
    money: (f) => `${less(f)}${accepted(f)} 还没有全部退回，已退回 ${formatFen(f.backFen)}`,
    next: '医院在银行的退款余额暂时不足，医院会重新发起，您不用再申请',
    when: '最早次日重新发起，退回后这里会更新',
    action: askAgain,
    help: callHelp,
  },
  done: {
    face: 'done',
    brief: '已退回',
    title: (f) => (f.onlyLocked ? '额度已释放' : '已退回额度'),
    money: (f) =>
      f.onlyLocked
        ? `${less(f)}锁定的 ${formatFen(f.backFen)} 已释放，没有扣款`
        : `${less(f)}${formatFen(f.backFen)} 已退回${quota(f)}`,
    next: (f) => said(f) || (f.family ? '由家人共享的额度支付，额度已经恢复' : '额度已经恢复，账单以交通银行为准'),
    when: '',
    action: goHome,
    help: callHelp,
  },
  partlyDone: {
    face: 'waiting',
    brief: '部分退回',
    title: '一部分已退回，其余由医院处理',
    money: (f) => `${less(f)}已退回 ${formatFen(f.backFen)}，其余银行没有受理`,
    next: '医院财务会联系您处理其余部分，请不要重复申请',
    when: '一般在一个工作日内联系您',
    action: askAgain,
    help: callHelp,
  },
  failed: {
    face: 'notPaid',
    brief: '医院处理中',
    title: '银行没有受理，由医院处理',
    money: (f) => `${accepted(f)} 没有退回`,
    next: '医院财务会联系您，请不要重复申请',
    when: '一般在一个工作日内联系您',
    action: askAgain,
    help: callHelp,
  },
  review: {
    face: 'waiting',
    brief: '人工核对中',
    title: '处理中，医院正在核对',
    money: (f) => `${accepted(f)} 由医院人工核对，请不要重复申请`,
    next: '核对完成后，结果会更新在这里',
    when: '一般在一个工作日内完成',
    action: askAgain,
    help: callHelp,
  },
}
