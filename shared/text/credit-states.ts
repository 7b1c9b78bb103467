import { creditName, familyName } from './credit.ts'
import { askAgain, callHelp as call, otherWays, type StateText } from './state-text.ts'

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

const openVisits = { does: 'openVisits', label: '查看就诊记录' } as const

/** What is said about a sign-up in each row. */
export const creditStates: Record<CreditRow, StateText<CreditTextFacts>> = {
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
