import type { PaymentEvent } from '../contract/payments.ts'
import { creditName, familyName } from './credit.ts'

/** Labels that several pages share. */
export const labels = {
  back: '返回',
  close: '关闭',
  home: '回到首页',
  help: '帮助',
  call: (phone: string) => `拨打 ${phone}`,
  retry: '重新加载',
  signIn: '微信登录',
  patient: '就诊人',
  payer: '付款',
  hospital: '医院',
  department: '科室',
  visitTime: '就诊时间',
  order: '费用项目',
  orderAmount: '开单金额',
  locked: '已锁定',
  paid: '已扣除',
  released: '已释放',
  refunded: '已退款',
  pending: '处理中',
  otherWay: '需用其他方式支付',
  asking: '正在查询…',
  askAgain: '再查一次',
  openVisit: '查看本次就诊',
  openRegistration: '查看这次挂号',
  cardTail: (tail: string) => `就诊卡尾号 ${tail}`,
  personNote: (relation: string, age: number) => `${relation} · ${age} 岁`,
  personLine: (name: string, note: string) => `${name}（${note}）`,
  cardLine: (cardTail: string, hospital: string) => `${cardTail} · ${hospital}`,
  switchPerson: '切换就诊人',
  choosePerson: '选择就诊人',
  chosen: '已选择',
  patientLine: (name: string, relation: string, tail: string) => `${name}（${relation}）尾号 ${tail}`,
  relation: { self: '本人', family: '家人' },
} as const

/** Who pays, by role; a sharer never reads whose quota it is. */
export const payerTexts = {
  own: `本人“${creditName}”额度`,
  family: familyName,
  other: '其他支付方式',
} as const
/** Mark of a visit. */
export const markTexts = { own: creditName, family: familyName } as const

/** What a page says while an answer is missing: at once, after 3 s, after 10 s. */
export const waitingTexts = {
  slow: '还在等银行答复，请稍候',
  leave: '可以离开，结果会更新在这里',
} as const

export const loadingTexts = {
  slow: '网络有点慢，正在努力加载',
  stuck: '加载时间较长，您可以重新加载，或稍后再来',
  stale: (at: string) => `网络不通，显示的是 ${at} 的内容`,
} as const

/** Title and next step of a failed request, by kind. */
export const failureTexts = {
  refused: { title: '没有成功', next: '请返回重试，或联系医院' },
  offline: { title: '网络没有连接', next: '请检查网络后重新加载' },
  unknown: { title: '暂时没有得到答复', next: '您的费用没有因此改变，请稍后重新加载' },
  silent: { title: '暂时没有得到答复', next: '没有改变任何费用，请稍后重新加载' },
  signedOut: { title: '请先登录', next: '登录后可以查看就诊和付款' },
  absentNext: '链接可能已经失效，请从首页重新进入',
  inline: (kind: 'refused' | 'offline' | 'unknown', text: string) =>
    kind === 'offline' ? '网络没有连接，没有发送任何信息' : `没有成功：${text}`,
  requestId: (id: string) => `服务编号 ${id}`,
  plain: '请求没有成功，请稍后再试',
} as const

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

export const creditTexts = {
  title: creditName,
  consent: [
    { label: '发送什么', value: '姓名、身份证号' },
    { label: '发给谁', value: '交通银行' },
    { label: '用来做什么', value: `查询和使用“${creditName}”：查签约、锁定、扣除和释放额度` },
    { label: '怎样撤回', value: '随时可以在“我的”里撤回，也可以到医院窗口办理，撤回后不再发送' },
  ],
  refuse: '不同意，用其他方式支付',
  agreeing: '正在查询…',
  reconsider: '重新考虑',
  usageHeading: '在本院的使用',
  usageNote: '只统计本院，不是银行的可用额度',
  available: (at: string) => `银行可用额度（${at}）`,
  bankHeading: '在交通银行办理',
  agreementHeading: '签约信息',
  agreement: '签约协议尾号',
  askedAt: '查询时间',
  consentedAt: '同意时间',
  askAgain: '再查一次',
  continue: '继续刚才的挂号',
} as const

export const visitsTexts = {
  listTitle: '就诊记录',
  feesListTitle: '选择一次就诊',
  filter: '筛选',
  filterOpen: '进行中',
  filterAll: '全部',
  emptyOpen: '没有进行中的就诊',
  emptyAll: '还没有就诊记录',
  emptyNext: '就诊开始后，会显示在这里',
  open: '就诊中',
  finished: '已结束',
  noCredit: `未使用${creditName}`,
  detailTitle: '就诊详情',
  tonight: '今晚将扣',
  tonightBy: (by: string) => `最晚${by.replace('今天', '今晚')}`,
  tonightNote: '就诊结束后按实际费用扣除，没有用到的部分自动释放',
  ordersHeading: '费用和锁定情况',
  noOrders: '医生还没有开单，开单后会自动显示在这里',
  noOrdersAtAll: '这次就诊没有费用',
  whereAndWho: (department: string, doctor: string) => `${department} · ${doctor}`,
  whenAndCount: (at: string, orders: number) => `${at} · ${orders} 笔费用`,
  whenAndItems: (at: string, items: number) => `${at} · ${items} 项`,
  totalsHeading: '本次就诊合计',
  openFees: '查看费用明细',
  openVisit: '查看就诊详情',
  feesTitle: '费用明细',
  feesEmpty: '还没有费用',
  feesTotal: '开单合计',
  unitPrice: (price: string, unit: string, quantity: number) =>
    `${price}${unit === '' ? '' : `/${unit}`} × ${quantity}`,
  finishedAt: '结束时间',
} as const

export const paymentTexts = {
  title: '付款进度',
  amountsHeading: '金额',
  historyHeading: '经过',
  serial: '银行流水尾号',
  number: '付款编号',
  numbersHeading: '查询时请提供',
  acctDay: '入账日期',
  deductStep: '扣除',
  deductBy: (by: string) => `最晚 ${by}`,
  waitingStep: '等待银行答复',
  now: '现在',
} as const

export const paymentEventTexts: Record<PaymentEvent['event'], string> = {
  opened: '医生开单，申请锁定额度',
  locked: '银行已锁定额度',
  declined: '银行没有锁定额度',
  confirmed: '银行已扣款',
  released: '银行已释放额度',
  expired: '锁定已到期',
  doubt: '银行没有及时答复，正在核实',
  finish: '就诊结束，申请扣款',
  drop: '费用取消，申请释放额度',
  review: '转医院财务核对',
  refundAsked: '医院已同意退费，申请退回额度',
  refunded: '银行已退回额度',
}

export const missingTexts = {
  heading: '页面不存在',
  title: '没有找到这个页面',
  next: failureTexts.absentNext,
} as const
