/** Logical interface → path and whether the content is encrypted. What a real bank's document changes stands here (`bank.md §2.7`). */
export const catalog = {
  querySign: { path: '/api/creditMed/querySign/v1', encrypted: true },
  lock: { path: '/api/creditMed/lock/v1', encrypted: true },
  confirm: { path: '/api/creditMed/confirm/v1', encrypted: true },
  cancel: { path: '/api/creditMed/cancel/v1', encrypted: true },
  postPayQuery: { path: '/api/creditMed/postPayQuery/v1', encrypted: false },
} as const

export type BankInterface = keyof typeof catalog
