import type { NextCard } from '../contract/home.ts'
import { creditName } from './credit.ts'

export const tabTexts = { label: '主要页面', home: '首页', records: '记录', mine: '我的' } as const

export const homeTexts = {
  title: '就医付款',
  elderOn: '长辈版',
  elderNote: '字更大，按钮更大',
  next: '接下来',
  nothing: '今天没有需要您处理的事',
  creditEntry: creditName,
  creditPending: '先看病，后付费',
  visits: '就诊记录',
  visitsNote: '看每次就诊和扣款',
  register: '挂号',
  registerNote: '选科室、医生和时间',
  fees: '费用明细',
  feesNote: '看每一项收费',
  cardsNote: '切换或添加就诊人',
  hours: (hours: string) => `服务时间 ${hours}`,
  noCardTitle: '还没有绑定就诊卡',
  noCardNext: '添加后，这里会显示您的就诊和付款',
  noCardWhen: '第一次来这家医院的，请先带身份证到窗口建档',
  cards: {
    doubt: { title: '付款处理中', note: '请不要重复支付' },
    visitOpen: { title: '就诊中', locked: '就诊中，已锁定' },
    tonight: { title: '今晚将扣款', note: (by: string) => `最晚${by.replace('今天', '今晚')}` },
    otherWay: { title: '请用其他方式支付', note: '银行没有锁定这笔费用' },
    visitPaid: { title: '今天已扣款' },
  },
} as const

type RegistrationCardKind = Extract<NextCard, { registrationId: string }>['kind']

/** Cards of the home page about registrations. */
export const registrationNextTexts = {
  registrationDoubt: { title: '挂号处理中', note: '请不要重复挂号' },
  registrationUnpaid: {
    title: '挂号待支付',
    note: (department: string, until: string) => `${department} · ${until} 前支付`,
  },
  registered: {
    title: (at: string, department: string) => `${at} ${department}`,
    note: (doctor: string, place: string) => `已挂号 · ${doctor} · ${place}`,
  },
} as const satisfies Record<RegistrationCardKind, unknown>

export const recordsTexts = {
  title: '我的记录',
  kind: '记录种类',
  registrations: '挂号',
  visits: '就诊',
  noRegistrations: '还没有挂号记录',
  noRegistrationsNext: '挂号之后，会显示在这里',
  register: '去挂号',
} as const

export const mineTexts = {
  title: '我的',
  cards: '就诊卡',
  cardsNote: '切换就诊人、添加就诊卡',
  consents: '授权管理',
  consentsNote: '看同意过什么，随时撤回',
  settings: '设置',
  settingsNote: '长辈版、深浅颜色、登录',
  help: '帮助',
  helpNote: '常见问题、医院电话',
} as const

export const updateTexts = {
  ready: '新版本已准备好，重启后生效',
  apply: '现在重启',
} as const
