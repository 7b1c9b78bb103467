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
  whereAndWho: (department: string, doctor: string) => `${department} · ${doctor}`,
  cardTail: (tail: string) => `就诊卡尾号 ${tail}`,
  personNote: (relation: string, age: number) => `${relation} · ${age} 岁`,
  personLine: (name: string, note: string) => `${name}（${note}）`,
  cardLine: (cardTail: string, hospital: string) => `${cardTail} · ${hospital}`,
  addCard: '添加就诊卡',
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

export const missingTexts = {
  heading: '页面不存在',
  title: '没有找到这个页面',
  next: failureTexts.absentNext,
} as const
