/**
 * Logical interface → path, whether the content is encrypted, and whether each answer is made anew: a repeated money call gets its first answer
 * again, with its first time in it. What a real bank's document changes stands here
 * (`bank.md §2.7`).
 */
export const catalog = {
  querySign: { path: '/api/creditMed/querySign/v1', encrypted: true, fresh: true },
  lock: { path: '/api/creditMed/lock/v1', encrypted: true, fresh: false },
  confirm: { path: '/api/creditMed/confirm/v1', encrypted: true, fresh: false },
  cancel: { path: '/api/creditMed/cancel/v1', encrypted: true, fresh: false },
  refund: { path: '/api/creditMed/refund/v1', encrypted: false, fresh: false },
  refundQuery: { path: '/api/creditMed/refundQuery/v1', encrypted: false, fresh: true },
  pay: { path: '/api/creditMed/pay/v1', encrypted: true, fresh: false },
  payQuery: { path: '/api/creditMed/payQuery/v1', encrypted: false, fresh: true },
  heldAmountQuery: { path: '/api/creditMed/heldAmountQuery/v1', encrypted: false, fresh: true },
  postPayQuery: { path: '/api/creditMed/postPayQuery/v1', encrypted: false, fresh: true },
} as const

export type BankInterface = keyof typeof catalog
