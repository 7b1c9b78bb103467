import type { NextCard } from '../contract/home.ts'
import type { PaymentEvent } from '../contract/payments.ts'
import type { RegistrationEvent } from '../contract/registrations.ts'
import { creditName, familyName } from './credit.ts'

const quoted = `“${creditName}”`

/** “余 12”, or that nothing is left. */
export const leftText = (count: number): string => (count === 0 ? '约满' : `余 ${count}`)

export const departmentsTexts = {
  title: '选择科室',
  search: '科室，或哪里不舒服',
  hint: '例如：头痛、膝盖、孩子发烧',
  clear: '清除',
  recent: '上次挂过',
  found: (count: number) => `找到 ${count} 个科室`,
  emptyTitle: (query: string) => `没有找到与“${query}”有关的科室`,
  emptyNext: '换个说法试试，例如“头”“膝盖”“孩子发烧”；也可以打电话问医院导诊台',
  showAll: '看全部科室',
  noneTitle: '医院暂时没有放号',
  noneNext: '请稍后再来看，或联系医院',
} as const

export const doctorTexts = {
  title: '选择医生和时间',
  days: '选择日期',
  noClinic: '无号',
  dayNear: (near: string, date: string) => `${near} ${date}`,
  daySpoken: (date: string, left: string) => `${date}，${left}`,
  period: { am: '上午', pm: '下午' },
  doctorLine: (name: string, title: string) => `${name} ${title}`,
  skills: (skills: string) => `擅长：${skills}`,
  session: (period: string, left: string) => `${period} ${left}`,
  slotSpoken: (doctor: string, period: string, time: string) => `${doctor} ${period} ${time}`,
  slotClosed: { full: '约满', past: '已过' },
  slotClosedSpoken: (slot: string, why: string) => `${slot}，${why}`,
  noDoctorTitle: '这一天没有医生出诊',
  noDoctorNext: '请在上面换一天',
  nearestDay: (date: string) => `看${date}`,
  allFullTitle: '最近七天都约满了',
  allFullNext: '有人退号时会重新放出，可以稍后再看，或换一个科室',
  otherDepartment: '换个科室',
} as const

export const checkoutTexts = {
  title: '确认挂号',
  answers: '请核对',
  doctor: '医生',
  time: '就诊时间',
  place: '地点',
  fee: '挂号费',
  feePaid: '挂号费（已付）',
  cancelUntil: '可以退号',
  cancelBefore: (at: string) => `${at} 前`,
  cancelPassed: '已过可退时间',
  payerAsking: '正在查询…',
  withCredit: `使用${quoted}挂号`,
  otherWay: (pay: string) => `用其他方式${pay}`,
  pay: (amount: string) => `支付 ${amount}`,
  payFor: (name: string, amount: string) => `为${name}支付 ${amount}`,
  paying: '正在提交…',
  goneTitle: '这个号刚被约走了',
  goneMoney: '没有产生费用',
  goneNext: '可以换一个时间或医生',
  chooseAgain: '换个时间',
  deskNote: '确认后打开医院付款页面，用微信等方式支付',
  declinedNote: `本次不使用${quoted}。就诊开始前可以再改`,
  askingCredit: `正在查询${quoted}…`,
  unusable: (brief: string) => `${quoted}：${brief}`,
  inviteTitle: `可以签约${quoted}，先看病后付费`,
  inviteNext: '签约在交通银行办理，办完回到这里继续挂号。不签约也可以照常支付',
  invite: '去签约',
  offNext: '可以先用其他方式支付，不影响看病',
  repay: '去还款',
} as const

/** The dialog about “信用就医” (C 三（二）); its sentence is `creditPrompts.registration`. */
export const creditSheetTexts = {
  title: '挂号确认',
  titleFor: (name: string) => `为${name}挂号确认`,
  what: '挂号',
  nowAndLater: '现在锁定并扣除挂号费；后续费用开单即锁额，当晚 23:30 前扣除',
  laterOnly: '挂号费已付，不变；后续费用开单即锁额，当晚 23:30 前扣除',
  quota: { own: `本人${quoted}额度`, family: familyName },
  confirm: '确认使用',
  confirmPay: (pay: string) => `确认使用，${pay}`,
  confirming: '正在提交…',
  decline: '不使用，用其他方式支付',
  keep: '不使用，保持不变',
} as const

export const registrationTexts = {
  title: '挂号',
  resolveTitle: '处理中，等待答复',
  resolveNext: '正在确认挂号结果，请不要重复挂号',
  resolveMoney: '如果没有挂上，不会扣款',
  resolveChange: '正在确认结果，请不要重复操作',
  lostTitle: '没有找到这次挂号',
  lostNext: '这次提交没有成功，没有产生费用',
  again: '重新挂号',
  slow: '还在等医院和银行答复，请稍候',
  leave: '可以离开，结果会更新在首页',
  guideHeading: '导诊单',
  queue: '就诊序号',
  where: '到哪里',
  arrive: '到达时间',
  booking: '预约号',
  copy: '复制预约号',
  copied: '已复制',
  notes: '请注意',
  subjectHeading: '挂号信息',
  subject: '挂号',
  time: '就诊时间',
  fee: '挂号费',
  cancelUntil: '可以退号',
  historyHeading: '经过',
  numbersHeading: '查询时请提供',
  number: '挂号编号',
  serial: '银行流水尾号',
  deskOpening: '正在打开医院付款页面…',
  openPayment: '查看挂号费付款',
  cancel: '退号',
  cancelNo: '现在不能退号',
  cancelTitle: '确定退号吗',
  cancelHeld: (amount: string) => `锁定的 ${amount} 会释放，不会扣款`,
  cancelUnpaid: '还没有付款，不会产生费用',
  cancelLoses: '退号后，这个号会给别人，可能要重新排队',
  cancelConfirm: '确定退号',
  cancelKeep: '不退了',
  creditChosen: `本次就诊使用${quoted}，后续费用开单即锁额，当晚 23:30 前扣除`,
  creditNotChosen: `本次就诊没有使用${quoted}，费用用其他方式支付`,
  creditUntil: '医生开始看诊前可以改',
  choose: `改用${quoted}`,
  sign: `去签约${quoted}`,
  giveUp: `本次不再使用${quoted}`,
  giveUpTitle: `不再使用${quoted}吗`,
  giveUpLater: '后续费用需要您用其他方式支付',
  giveUpPaid: '挂号费已从额度扣除，不变',
  giveUpHeld: '挂号费改用其他方式支付，锁定的额度会释放',
  giveUpConfirm: '不再使用',
  giveUpKeep: '继续使用',
  submitting: '正在提交…',
  toCredit: `查看${quoted}`,
  notSent: '网络没有连接，没有提交',
  whereAndWho: (department: string, doctor: string) => `${department} · ${doctor}`,
  awaited: '等待答复',
  now: '现在',
  seeDoctor: '到诊室就诊',
} as const

export const registrationEventTexts: Record<RegistrationEvent['event'], string> = {
  opened: '提交挂号',
  reserved: '医院已留号',
  locked: '银行已锁定挂号费额度',
  declined: '银行没有同意使用额度',
  booked: '医院已挂号',
  confirmed: '银行已扣挂号费',
  posted: '医院已入账',
  paidAtDesk: '已用其他方式支付',
  slotGone: '号已被别人约走',
  released: '额度已释放',
  cancelAsked: '申请退号',
  cancelled: '已退号',
  lapsed: '没有按时支付，号已取消',
  optedIn: `选择使用${quoted}`,
  optedOut: `选择不使用${quoted}`,
  doubt: '没有及时答复，正在核实',
}

/** Lines of a payment's history that read differently when it is a registration fee. */
export const registrationFeeEventTexts: Partial<Record<PaymentEvent['event'], string>> = {
  opened: '提交挂号，申请锁定额度',
  finish: '医院已挂号，申请扣款',
  drop: '挂号取消，申请释放额度',
}

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
