import type { Phone } from '../browser.ts'
import { button, front, press } from '../phone.ts'

/** A page in one state. */
export interface Place {
  /** As in the app's own list of pages. */
  readonly page: string
  readonly state: string
  /** Whose session it is opened with; null for nobody's. */
  readonly who: string | null
  /** Its parameters; `{name}` stands for a seeded number. */
  readonly query?: string
  /** The card that was chosen on this device, when it is not the first one. */
  readonly card?: string
  /** What leads on from the address. */
  readonly act?: (phone: Phone) => Promise<void>
  /** What can be read once the state is reached. */
  readonly settled: string | RegExp
  /** Answers that do not come while this is looked at. */
  readonly holds?: string
  /** What an answer says instead: a state that is too rare to be brought about. */
  readonly patch?: { readonly path: string; readonly body: Readonly<Record<string, unknown>> }
  /** What the server says no to on the way. */
  readonly refuses?: readonly [status: number, path: string]
}

/** An account without any patient card. */
export const newcomer = 'newcomer'

const type = async (phone: Phone, label: string, text: string): Promise<void> =>
  front(phone).getByLabel(label).fill(text)
const pressing =
  (...names: (string | RegExp)[]) =>
  async (phone: Phone): Promise<void> => {
    for (const name of names) await press(phone, name)
  }

type Rest = Omit<Place, 'page' | 'state' | 'who' | 'settled'>
const at =
  (page: string) =>
  (state: string, who: string | null, settled: string | RegExp, rest: Rest = {}): Place => ({
    page,
    state,
    who,
    settled,
    ...rest,
  })

const home = at('pages/home/index')
const records = at('pages/records/index')
const departments = at('packages/registration/departments/index')
const doctor = at('packages/registration/doctor/index')
const checkout = at('packages/registration/checkout/index')
const detail = at('packages/registration/detail/index')
const credit = at('packages/credit/status/index')
const jump = at('packages/credit/jump/index')
const visits = at('packages/visits/list/index')
const visit = at('packages/visits/detail/index')
const fees = at('packages/visits/fees/index')
const payment = at('packages/payments/status/index')
const cards = at('packages/account/cards/index')
const cardAdd = at('packages/account/card-add/index')
const consents = at('packages/account/consents/index')
const settings = at('packages/account/settings/index')
const help = at('packages/help/index/index')
const mine = at('pages/mine/index')

const long = '阿卜杜热合曼·买买提江'
const slot = { query: 'slotNo={slot}' }
const registration = (name: string): Rest => ({ query: `registrationId={${name}}` })
const ofVisit = (name: string): Rest => ({ query: `visitId={${name}}` })
const patched = (body: Readonly<Record<string, unknown>>): Rest => ({ patch: { path: '/api/credit/status', body } })
const ofPayment = (name: string): Rest => ({ query: `paymentId={${name}}` })

const mainPages: readonly Place[] = [
  home('signed out', null, '请先登录', { refuses: [401, '/api/session'] }),
  home('without a card', newcomer, '还没有绑定就诊卡'),
  home('nothing to do', '许佳怡', '今天没有需要您处理的事'),
  home('a lock in doubt, one refused, one for tonight', '赵桂兰', '请用其他方式支付'),
  home('registrations in doubt, unpaid and to go to', '张为民', '挂号待支付'),
  home('the longest name and amount', long, '今天已扣款'),
  home('choosing a patient', '陈静', '已选择', { act: pressing('切换就诊人') }),
  records('registrations', '陈静', '没有挂上'),
  records('visits', '赵桂兰', /骨科 · 梁国安/, { act: (phone) => button(phone, '就诊').last().click() }),
  records('nothing yet', '许佳怡', '还没有挂号记录'),
  records('without a card', newcomer, '还没有绑定就诊卡'),
  mine('with a card', '陈静', '锦城市第一人民医院'),
  mine('without a card', newcomer, '还没有绑定就诊卡'),
  at('pages/missing/index')('as such', '陈静', '没有找到这个页面'),
]

const registering: readonly Place[] = [
  departments('all', '陈静', '上次挂过'),
  departments('found', '陈静', /找到 \d+ 个科室/, { act: (phone) => type(phone, '科室，或哪里不舒服', '头痛') }),
  departments('none found', '陈静', /没有找到与/, { act: (phone) => type(phone, '科室，或哪里不舒服', '量子') }),
  doctor('free times', '陈静', /^擅长/, { query: 'departmentNo={department}' }),
  doctor('nobody sits that day', '陈静', '这一天没有医生出诊', {
    query: 'departmentNo={quietDepartment}',
    act: (phone) => front(phone).getByRole('radio', { name: /今天/ }).click(),
  }),
  doctor('all taken', '陈静', '最近七天都约满了', { query: 'departmentNo={fullDepartment}' }),
  checkout('signed', '张为民', '使用“信用就医”挂号', slot),
  checkout('the dialog', '张为民', /^您已签约“信用就医”/, { ...slot, act: pressing('使用“信用就医”挂号') }),
  checkout('declined', '张为民', /^本次不使用“信用就医”/, {
    ...slot,
    act: pressing('使用“信用就医”挂号', '不使用，用其他方式支付'),
  }),
  checkout('on the family’s quota', '陈果', '使用“信用就医”挂号', slot),
  checkout('for a relative', '陈静', /^支付 ¥|为陈\*/, { ...slot, card: '{familyCard}' }),
  checkout('consent needed', '许佳怡', '同意并查询', slot),
  checkout('not signed', '李晓', '去签约', slot),
  checkout('overdue', '王德福', '去还款', slot),
  checkout('the bank is silent', '刘洋', '再查一次', { query: 'slotNo={silentSlot}', card: '{silentCard}' }),
  checkout('slot gone', '张为民', '这个号刚被约走了', { query: 'slotNo={takenSlot}' }),
]

const registrations: readonly Place[] = [
  detail('done', '张为民', '导诊单', registration('registered')),
  detail('giving up the quota', '张为民', '不再使用“信用就医”吗', {
    ...registration('registered'),
    act: pressing('本次不再使用“信用就医”'),
  }),
  detail('done on the family’s quota', '张蕾', '导诊单', registration('shared')),
  detail('done without the quota for later', '陈静', '改用“信用就医”', registration('optedOut')),
  detail('done at the desk', '陈静', '导诊单', registration('doneAtDesk')),
  detail('declined', '孙长贵', '请用其他方式支付挂号费', registration('registrationDeclined')),
  detail('to be paid at the desk', '张为民', '号已留好，请支付挂号费', registration('payAtDesk')),
  detail('cancelling is asked about', '张为民', '确定退号吗', { ...registration('payAtDesk'), act: pressing('退号') }),
  detail('lock in doubt', '张为民', '处理中，等待银行答复', registration('registrationLockDoubt')),
  detail('booking in doubt', '陈静', '处理中，等待医院确认挂号', registration('bookDoubt')),
  detail('slot gone', '陈静', '没有挂上这个号', registration('slotGone')),
  detail('cancelled', '陈静', '已退号', registration('cancelled')),
  detail('lapsed', '陈静', '重新挂号', registration('lapsed')),
  detail('unknown', '陈静', '没有找到这次挂号', {
    query: 'registrationId=reg_absent',
    refuses: [404, '/api/registrations/reg_absent'],
  }),
]

const signUps: readonly Place[] = [
  credit('consent needed', '许佳怡', '同意并查询'),
  credit('consent refused', '许佳怡', '重新考虑', { act: pressing('不同意，用其他方式支付') }),
  credit('signed', '陈静', '在本院的使用'),
  credit('a sharer', '陈果', '可以使用亲情付'),
  credit('overdue', '王德福', '有逾期账单，请先还款'),
  credit('frozen', long, '额度已冻结，暂时不能使用'),
  credit('expired', '欧阳思远', '额度已到期'),
  credit('not signed', '李晓', '还没有签约信用就医'),
  credit('the family’s quota does not work', '陈果', '亲情付暂时不能使用', patched({ quota: 'frozen' })),
  credit('being signed', '李晓', '签约正在办理', patched({ state: 'signing' })),
  credit('ended', '李晓', '签约已终止', patched({ state: 'terminated' })),
  credit('the bank is silent', '刘洋', '银行暂时没有答复', { card: '{silentCard}' }),
  jump('to sign', '李晓', '去交通银行', { query: 'purpose=sign' }),
  jump('to repay', '王德福', '去交通银行', { query: 'purpose=repay' }),
  jump('consent needed', '许佳怡', '同意并查询', { query: 'purpose=sign' }),
  at('packages/credit/return/index')('asking the bank', '陈静', '正在向银行核实', { holds: '/api/credit/status' }),
]

const money: readonly Place[] = [
  visits('all', '赵桂兰', /骨科 · 梁国安/),
  visits('to choose from', '赵桂兰', /骨科 · 梁国安/, { query: 'goal=fees' }),
  visits('none under way', '许佳怡', '没有进行中的就诊', { act: pressing('进行中') }),
  visit('open', '赵桂兰', '今晚将扣', ofVisit('openVisit')),
  visit('without orders', '赵桂兰', '费用和锁定情况', ofVisit('bareVisit')),
  visit('paid', '赵桂兰', '本次就诊合计', ofVisit('paidVisit')),
  visit('the longest names and amounts', long, '本次就诊合计', ofVisit('longVisit')),
  visit('on the family’s quota', '陈果', '本次就诊合计', ofVisit('familyVisit')),
  visit('without the quota', '李晓', '未使用信用就医', ofVisit('ordinaryVisit')),
  fees('itemised', '赵桂兰', '治疗费', ofVisit('openVisit')),
  fees('the longest names and amounts', long, '检查费', ofVisit('longVisit')),
  fees('none', '赵桂兰', '还没有费用', ofVisit('bareVisit')),
  payment('held', '赵桂兰', '额度已锁定，尚未扣款', ofPayment('held')),
  payment('lock in doubt', '赵桂兰', '处理中，等待银行答复', ofPayment('lockDoubt')),
  payment('declined', '赵桂兰', '银行没有锁定 ¥280.00，没有扣款', ofPayment('declined')),
  payment('partly paid', '赵桂兰', '已按实际费用扣款', ofPayment('partlyPaid')),
  payment('paid', long, '已扣款，支付完成', ofPayment('paid')),
  payment('released', long, '额度已释放', ofPayment('released')),
  payment('deduction in doubt', long, '处理中，等待银行确认扣款', ofPayment('confirmDoubt')),
  payment('paid by the family', '陈果', '已扣款，支付完成', ofPayment('familyPaid')),
  payment('a registration fee', '张为民', '已扣款，支付完成', ofPayment('feePayment')),
]

const account: readonly Place[] = [
  cards('several', '陈静', '已选择'),
  cards('none', newcomer, '还没有绑定就诊卡'),
  cardAdd('empty', newcomer, '身份证号'),
  cardAdd('filled in wrongly', newcomer, '请先改正上面标出的地方', {
    act: async (phone) => {
      await type(phone, '身份证号', '990101198803120021')
      await press(phone, /^添加$/)
    },
  }),
  consents('none', newcomer, '还没有任何授权'),
  consents('read again', '陈静', '怎样撤回', { act: (phone) => button(phone, '看同意的内容').first().click() }),
  consents('withdrawal is asked about', '陈静', '确认撤回授权？', {
    act: (phone) => button(phone, '撤回授权').first().click(),
  }),
  settings('as such', '陈静', '退出登录'),
  settings('dark by choice', '陈静', '退出登录', { act: pressing('深色') }),
  help('with a card', '陈静', '怎样开通？'),
  help('without a card', newcomer, '怎样开通？'),
]

/** Every page of the H5 app in the states that look different. */
export const places: readonly Place[] = [
  ...mainPages,
  ...registering,
  ...registrations,
  ...signUps,
  ...money,
  ...account,
]

export const nameOf = ({ page, state }: Place): string =>
  `${page.replace(/^(?:pages|packages)\/|\/index$/g, '')}: ${state}`
