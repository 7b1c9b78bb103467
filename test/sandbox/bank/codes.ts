/** Success by analogy with `CIPP0004PY0000` (bank.md §4.3). */
export const SUCCESS_CODE = 'DCBS0004PL0000'

/** Answered with status P; invented, since no document gives one. */
export const PROCESSING_CODE = 'SBOX0004PL0001'

/** Codes of the gateway and of the business rules; SBOX marks every one that no bank document gives (bank.md §4.3). */
export const CODE = {
  notSigned: 'SBOX0004PL0101',
  terminated: 'SBOX0004PL0102',
  quotaInsufficient: 'SBOX0004PL0103',
  quotaBlocked: 'SBOX0004PL0104',
  serialReused: 'SBOX0004PL0105',
  originalNotFound: 'SBOX0004PL0106',
  stateForbids: 'SBOX0004PL0107',
  lockExpired: 'SBOX0004PL0108',
  amountAboveLock: 'SBOX0004PL0109',
  refundAboveRest: 'SBOX0004PL0110',
  identityMismatch: 'SBOX0004PL0111',
  merchantUnknown: 'SBOX0004PL0112',
  billOutOfRange: 'SBOX0004PL0113',
  billNotReady: 'SBOX0004PL0114',
  sharerLinkMissing: 'SBOX0004PL0115',
  earlierProcessing: 'SBOX0004PL0116',
  applicationRefused: 'SBOX0004PL0117',
  /** Given by the source itself, text and all (C 四（六） table 2). */
  refundBalanceShort: 'DCBS0004PL0974',
  badSign: 'SBOX0001GW0001',
  staleTimestamp: 'SBOX0001GW0002',
  replayedMessage: 'SBOX0001GW0003',
  appUnknown: 'SBOX0001GW0004',
  ipForbidden: 'SBOX0001GW0005',
  rateLimited: 'SBOX0001GW0006',
  cannotDecrypt: 'SBOX0001GW0007',
  malformed: 'SBOX0001GW0008',
  noSuchApi: 'SBOX0001GW0009',
  maintenance: 'SBOX0001GW0010',
} as const

/** Time-outs and broken connections that the bank reports itself (C 四, table 2); all of them mean "unknown". */
export const ADAPTER_MESSAGES = {
  ADPTSY0003: '与外围系统建立连接失败',
  ADPTSY0004: '获取外围系统响应超时',
  ADPTSY0005: '与外围系统交互异常',
  ADPTSY0006: '与外围系统交互异常',
  ADPTSY0008: 'Decode 响应报文发生异常',
} as const

/** One of the five adapter codes. */
export type AdapterCode = keyof typeof ADAPTER_MESSAGES

const MESSAGES: Readonly<Record<string, string>> = {
  [SUCCESS_CODE]: '交易成功',
  [PROCESSING_CODE]: '交易处理中',
  [CODE.notSigned]: '客户未签约“信用就医”',
  [CODE.terminated]: '客户已解约“信用就医”',
  [CODE.quotaInsufficient]: '可用额度不足',
  [CODE.quotaBlocked]: '额度已冻结、逾期或失效',
  [CODE.serialReused]: '流水号重复且内容不一致',
  [CODE.originalNotFound]: '原交易不存在',
  [CODE.stateForbids]: '原交易状态不允许此操作',
  [CODE.lockExpired]: '锁定已到期',
  [CODE.amountAboveLock]: '确认金额大于锁定金额',
  [CODE.refundAboveRest]: '退款金额大于可退金额',
  [CODE.billOutOfRange]: '账单日期超出可下载范围',
  [CODE.billNotReady]: '账单尚未生成',
  [CODE.refundBalanceShort]: '医药机构退款可用余额不足',
  [CODE.identityMismatch]: '身份信息与签约协议不符',
  [CODE.merchantUnknown]: '商户不存在或已暂停',
  [CODE.sharerLinkMissing]: '亲情付共享关系不存在',
  [CODE.earlierProcessing]: '该锁定的前一笔操作仍在处理中',
  [CODE.applicationRefused]: '签约申请未通过',
  [CODE.badSign]: '签名验证失败',
  [CODE.staleTimestamp]: '请求时间戳超出允许范围',
  [CODE.replayedMessage]: '报文编号重复',
  [CODE.appUnknown]: '应用不存在或无权访问该商户',
  [CODE.ipForbidden]: '来源地址不在允许范围',
  [CODE.rateLimited]: '请求过于频繁',
  [CODE.cannotDecrypt]: '报文未加密或解密失败',
  [CODE.malformed]: '报文格式错误',
  [CODE.noSuchApi]: '接口不存在',
  [CODE.maintenance]: '系统维护中',
  ...ADAPTER_MESSAGES,
}

/** The Chinese message that goes with a code. */
export const messageOf = (code: string): string => MESSAGES[code] ?? '未知错误'
