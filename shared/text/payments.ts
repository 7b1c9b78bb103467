import type { PaymentEvent } from '../contract/payments.ts'

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
