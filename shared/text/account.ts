import { creditName } from './credit.ts'

export const cardsTexts = {
  title: '就诊卡',
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
