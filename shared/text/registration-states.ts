import type { RegistrationRow } from '../contract/registrations.ts'
import { formatFen } from '../rules/money.ts'
import { creditName, familyName } from './credit.ts'
import { askAgain, callHelp, type StateText } from './state-text.ts'

export interface RegistrationTextFacts {
  readonly amountFen: number
  /** Whose quota pays: a family member's. */
  readonly family: boolean
  /** Whether the bank ever locked the fee. */
  readonly locked: boolean
  /** “今天 10:15”: how long the slot is kept unpaid; null when it is booked or over. */
  readonly keptUntil: string | null
  /** “今天 13:30–14:00”: when to be there; null while there is no guide sheet. */
  readonly arrive: string | null
  /** Why the bank or the hospital refused, in the patient's words. */
  readonly reason: string | null
  readonly phone: string
}

type Facts = RegistrationTextFacts
const fee = (f: Facts): string => `挂号费 ${formatFen(f.amountFen)}`
const quota = (f: Facts): string => (f.family ? `${familyName}额度` : `本人“${creditName}”额度`)
const kept = (f: Facts): string => (f.keptUntil === null ? '' : `号为您保留到${spaced(f.keptUntil)}，过时自动取消`)
const because = (f: Facts, otherwise: string): string => f.reason ?? otherwise
const deducted = (f: Facts): string => `已从${quota(f)}扣除${fee(f)}`
const chooseAgain = (label: string) => ({ does: 'chooseAgain', label }) as const
const payOtherWay = { does: 'payOtherWay', label: '用其他方式支付' } as const
const goHome = { does: 'goHome', label: '回到首页' } as const
const doNotRepeat = '请不要重复挂号'
const soon = '通常几秒内完成'
const inMinutes = '通常几分钟内有结果'

/** What the page of a registration says in each row. */
export const registrationStates: Record<RegistrationRow, StateText<Facts>> = {
  reserving: {
    face: 'waiting',
    brief: '留号中',
    title: '正在为您留号',
    money: '还没有产生费用',
    next: '医院答复后，这里会自动更新',
    when: soon,
    action: askAgain,
    help: callHelp,
  },
  reserveDoubt: {
    face: 'waiting',
    brief: '处理中',
    title: '处理中，等待医院答复',
    money: '还没有产生费用',
    next: `系统正在向医院核实，${doNotRepeat}`,
    when: inMinutes,
    action: askAgain,
    help: callHelp,
  },
  locking: {
    face: 'waiting',
    brief: '锁定额度中',
    title: '号已留好，正在锁定额度',
    money: (f) => `正在为${fee(f)} 锁定额度，尚未扣款`,
    next: '银行答复后，这里会自动更新',
    when: soon,
    action: askAgain,
    help: callHelp,
  },
  lockDoubt: {
    face: 'waiting',
    brief: '处理中',
    title: '处理中，等待银行答复',
    money: (f) => `${fee(f)} 是否锁定还在核实，尚未扣款`,
    next: `系统正在向银行核实，${doNotRepeat}，也不要用其他方式支付`,
    when: inMinutes,
    action: askAgain,
    help: callHelp,
  },
  booking: {
    face: 'waiting',
    brief: '挂号中',
    title: '额度已锁定，正在完成挂号',
    money: (f) => `已锁定${fee(f)}，尚未扣款`,
    next: '医院答复后，这里会自动更新',
    when: soon,
    action: askAgain,
    help: callHelp,
  },
  bookDoubt: {
    face: 'waiting',
    brief: '处理中',
    title: '处理中，等待医院确认挂号',
    money: (f) => `已锁定${fee(f)}，尚未扣款；没有挂上会自动释放`,
    next: `系统正在向医院核实，${doNotRepeat}`,
    when: inMinutes,
    action: askAgain,
    help: callHelp,
  },
  confirming: {
    face: 'waiting',
    brief: '挂号成功，扣款中',
    title: '号已挂好，正在扣挂号费',
    money: (f) => `正在从${quota(f)}扣除${fee(f)}`,
    next: '银行答复后，这里会自动更新',
    when: soon,
    action: askAgain,
    help: callHelp,
  },
  confirmDoubt: {
    face: 'waiting',
    brief: '处理中',
    title: '号已挂好，扣款处理中',
    money: (f) => `${fee(f)} 是否扣除还在核实`,
    next: '系统正在向银行核实，请不要重复支付，可以按时就诊',
    when: inMinutes,
    action: askAgain,
    help: callHelp,
  },
  posting: {
    face: 'posting',
    brief: '已扣款，通知医院中',
    title: '已扣款，正在通知医院',
    money: deducted,
    next: '号已挂好，请不要再次支付，可以按时就诊',
    when: '医院入账后，这里会自动更新',
    action: askAgain,
    help: callHelp,
  },
  done: {
    face: 'done',
    brief: '挂号成功',
    title: '挂号成功',
    money: deducted,
    next: arrive,
    when: (f) => (f.family ? '由家人共享的额度支付，您不用还款' : '还款日以交通银行短信为准'),
    action: goHome,
    help: callHelp,
  },
  declined: {
    face: 'notPaid',
    brief: '待用其他方式支付',
    title: '请用其他方式支付挂号费',
    money: (f) => `没有从${quota(f)}扣款`,
    next: (f) => `原因：${because(f, '银行没有同意使用额度')}`,
    when: kept,
    action: payOtherWay,
    help: callHelp,
  },
  payAtDesk: {
    face: 'yourTurn',
    brief: '待支付',
    title: '号已留好，请支付挂号费',
    money: '支付后挂号完成',
    next: '在医院付款页面支付，付完回到这里，会自动更新',
    when: kept,
    action: payOtherWay,
    help: callHelp,
  },
  doneAtDesk: {
    face: 'done',
    brief: '挂号成功',
    title: '挂号成功',
    money: (f) => `${fee(f)} 已用其他方式支付`,
    next: arrive,
    when: '',
    action: goHome,
    help: callHelp,
  },
  slotGone: {
    face: 'notPaid',
    brief: '没有挂上',
    title: '没有挂上这个号',
    money: '没有扣款',
    next: (f) => because(f, '这个号刚被别人约走，可以换一个时间或医生'),
    when: '',
    action: chooseAgain('换个时间'),
    help: callHelp,
  },
  slotGoneReleasing: {
    face: 'waiting',
    brief: '没有挂上，释放额度中',
    title: '没有挂上这个号，正在释放额度',
    money: (f) => `锁定的${fee(f)} 正在释放，不会扣款`,
    next: (f) => because(f, '这个号刚被别人约走，可以换一个时间或医生'),
    when: inMinutes,
    action: chooseAgain('换个时间'),
    help: callHelp,
  },
  cancelling: {
    face: 'waiting',
    brief: '退号中',
    title: '正在退号',
    money: (f) => (f.locked ? `锁定的${fee(f)} 会释放，不会扣款` : '不会产生费用'),
    next: '完成后，这里会自动更新',
    when: inMinutes,
    action: askAgain,
    help: callHelp,
  },
  cancelled: {
    face: 'done',
    brief: '已退号',
    title: '已退号',
    money: (f) => (f.locked ? `锁定的${fee(f)} 已释放，没有扣款` : '没有产生费用'),
    next: '需要看病时，可以重新挂号',
    when: '',
    action: chooseAgain('重新挂号'),
    help: callHelp,
  },
  cancellingPaid: {
    face: 'waiting',
    brief: '退号中',
    title: '医院已同意退费，正在退号',
    money: (f) => `已扣除的${fee(f)} 按医院同意的金额退回${quota(f)}`,
    next: '退费到哪一步，请看退费记录',
    when: inMinutes,
    action: askAgain,
    help: callHelp,
  },
  cancelledPaid: {
    face: 'done',
    brief: '已退号',
    title: '已退号',
    money: (f) => `已扣除的${fee(f)} 按医院同意的金额退回${quota(f)}`,
    next: '退费到哪一步，请看退费记录；需要看病时，可以重新挂号',
    when: '',
    action: chooseAgain('重新挂号'),
    help: callHelp,
  },
  lapsed: {
    face: 'notPaid',
    brief: '已过期',
    title: '没有按时支付，号已取消',
    money: '没有从额度扣款',
    next: '需要看病时，可以重新挂号。如果您刚刚付了款，请先联系医院，不要再付',
    when: '',
    action: chooseAgain('重新挂号'),
    help: callHelp,
  },
  review: {
    face: 'waiting',
    brief: '人工核对中',
    title: '处理中，医院正在核对',
    money: (f) => `${fee(f)} 由医院人工核对，请不要重复支付`,
    next: `核对完成后，结果会更新在这里，${doNotRepeat}`,
    when: '一般在一个工作日内完成',
    action: askAgain,
    help: callHelp,
  },
}

function arrive(f: Facts): string {
  return f.arrive === null ? '请按预约时间就诊' : `请${f.arrive} 到诊室，就诊时报预约号`
}

/** “今天 10:15” and “11月22日 10:15” begin without a space only after Chinese. */
function spaced(at: string): string {
  return /^\d/.test(at) ? ` ${at}` : at
}
