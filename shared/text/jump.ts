import type { JumpPurpose } from '../contract/credit.ts'
import { creditName, familyName } from './credit.ts'

/** What the patient can do at the bank: in a list, as a page of its own, and what it is sent for. */
export const jumpPurposes: Record<
  JumpPurpose,
  { readonly label: string; readonly note: string; readonly title: string; readonly purpose: string }
> = {
  sign: {
    label: '签约',
    note: `开通“${creditName}”，由银行核定额度`,
    title: `签约“${creditName}”`,
    purpose: `办理“${creditName}”签约`,
  },
  detail: {
    label: '查看额度和账单',
    note: '总额度、可用额度、还款日',
    title: '查看额度和账单',
    purpose: `查看“${creditName}”的额度和账单`,
  },
  repay: { label: '还款', note: '还清后额度恢复', title: '还款', purpose: `偿还“${creditName}”的欠款` },
  family: {
    label: familyName,
    note: '把额度共享给家人，查看或解除共享',
    title: familyName,
    purpose: `办理${familyName}的绑定、查看和解除`,
  },
  terminate: {
    label: '终止签约',
    note: '还清之后才能办理',
    title: '终止签约',
    purpose: `终止“${creditName}”签约`,
  },
}

export const jumpTexts = {
  /** A sharer uses somebody else's quota: it can look and leave, nothing else. */
  sharerFamily: '查看，或者退出亲情付',
  heading: '去银行之前',
  rows: { patient: '为谁办理', sent: '发送什么', recipient: '发给谁', purpose: '用来做什么', how: '怎样发送' },
  sent: '姓名、身份证号',
  recipient: '交通银行',
  how: '加密后只能使用一次，5 分钟内有效',
  back: '办完后会回到这里，由医院重新向银行查询',
  go: '去交通银行',
  preparing: '正在准备…',
  preparingWhy: '正在加密要发送的信息，通常一两秒',
  leaving: '正在打开交通银行…',
  cancelled: '已取消，额度未变',
  failed: '这台手机打不开交通银行的页面，额度未变。请到缴费窗口办理',
  returnTitle: '正在核实',
  returnHeading: '正在向银行核实',
  returnMoney: '以银行的答复为准',
  returnNext: '核实后会回到您刚才的页面',
  returnWhen: '通常几秒，最多 10 秒',
  goOn: '继续',
} as const
