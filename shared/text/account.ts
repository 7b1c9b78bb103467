import { creditName } from './credit.ts'

export const tabTexts = { label: '主要页面', home: '首页', records: '记录', mine: '我的' } as const

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

export const cardsTexts = {
  title: '就诊卡',
  add: '添加就诊卡',
  note: '点一下可以切换就诊人，所有页面都会换成这位就诊人的内容',
} as const

export const cardAddTexts = {
  title: '添加就诊卡',
  institution: '选择医院',
  relation: '就诊人是',
  name: '姓名',
  nameHint: '与身份证上的姓名一致',
  idNumber: '身份证号',
  idNumberHint: '共 18 位，最后一位如果是字母也要填',
  why: '姓名和身份证号只用来在医院找到您的就诊记录，由医院加密保存，不会留在这台手机上',
  submit: '添加',
  submitting: '正在向医院核对…',
  done: '就诊卡已添加',
  doneNext: (name: string) => `现在显示的是${name}的就诊和付款`,
  addAnother: '再添加一张',
  errors: {
    name: '请填写姓名',
    idNumber: '请填写身份证号',
    idLength: (count: number) => `身份证号是 18 位，现在是 ${count} 位`,
    idCharacters: '身份证号前 17 位是数字，最后一位是数字或者一个字母，请照身份证填写',
    idChecksum: '这个身份证号不对，请逐位核对，常见的是抄错一位或两位颠倒',
    incomplete: '请先改正上面标出的地方',
  },
  /** What to do after a refusal, by its code. */
  nextSteps: {
    CARD_NO_RECORD: '第一次来这家医院的，请先带身份证到窗口建档',
    CARD_ID_INVALID: '请照身份证逐位核对',
    HOSPITAL_SILENT: '没有保存任何信息，请过几分钟再试',
  } as Readonly<Record<string, string>>,
  otherNext: '请核对后再试，或带身份证到窗口办理',
} as const

export const consentsTexts = {
  title: '授权管理',
  intro: '您同意过向别人提供信息的，都列在这里',
  none: '还没有任何授权',
  noneNext: `使用“${creditName}”前会先请您同意，同意之前不会发送任何信息`,
  purpose: { credit: `查询和使用“${creditName}”` },
  recipient: '提供给谁',
  recipients: { credit: '交通银行' },
  data: '提供什么',
  kinds: { credit: '姓名、身份证号' },
  person: '就诊人',
  since: '同意时间',
  until: '撤回时间',
  active: '有效',
  withdrawn: '已撤回',
  read: '看同意的内容',
  hide: '收起',
  withdraw: '撤回授权',
  confirmTitle: '确认撤回授权？',
  confirmMoney: '已经发生的费用照常结清，额度和签约不会因此改变',
  confirmNext: `撤回后，医院不再为这位就诊人向银行查询，也不能再用“${creditName}”付款。以后可以重新同意`,
  confirm: '确认撤回',
  withdrawing: '正在撤回…',
  keep: '不撤回',
} as const

export const settingsTexts = {
  title: '设置',
  theme: '颜色',
  themes: { follow: '跟随手机', light: '浅色', dark: '深色' },
  account: '登录',
  signOut: '退出登录',
  signingOut: '正在退出…',
  signOutNote: '退出后，这台手机上不留下就诊人和未完成的操作',
  silentSignIn: '小程序跟随微信登录，不用另外退出',
} as const

export const helpTexts = {
  title: '帮助',
  hospital: '医院电话',
  questions: [
    {
      question: `“${creditName}”是什么？`,
      answer:
        '先看病，后付费。医生开单时先锁定您在银行的额度，不扣钱；看完病再按实际费用扣除，没有用到的部分自动释放。之后按银行通知的日期还款。',
    },
    {
      question: '怎样开通？',
      answer: `在首页点“${creditName}”，同意查询后跳转到交通银行办理。不开通也可以看病，费用照常支付。`,
    },
    {
      question: '可以替家人挂号付款吗？',
      answer:
        '可以。在“就诊卡”里添加家人，再切换到这位就诊人。付款用的是就诊人自己的额度；只有您在银行把额度共享给了他（亲情付），才会用到您的额度。',
    },
    {
      question: '显示“处理中”是什么意思？',
      answer: '银行还没有答复，系统正在核实。请不要用其他方式重复支付，可以离开，结果会更新在记录里。',
    },
    {
      question: '已锁定的钱什么时候扣？',
      answer: '就诊结束后扣除，最晚在当天晚上。锁定期间没有扣款，取消的项目会自动释放。',
    },
    {
      question: '我的信息安全吗？',
      answer:
        '姓名和身份证号由医院加密保存，不留在手机上。没有您的同意，不会发送给银行；同意后随时可以在“我的”里撤回。',
    },
  ],
} as const

export const updateTexts = {
  ready: '新版本已准备好，重启后生效',
  apply: '现在重启',
} as const
