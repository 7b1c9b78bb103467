import { creditName } from './credit.ts'

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
