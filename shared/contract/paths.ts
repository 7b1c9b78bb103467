/** Operation of the app → method and path; plain data, so that the app carries no zod. `{x}` is filled from `params`. */
export const paths = {
  readSession: ['GET', '/api/session'],
  openSession: ['POST', '/api/session'],
  closeSession: ['DELETE', '/api/session'],
  listCards: ['GET', '/api/cards'],
  bindCard: ['POST', '/api/cards'],
  readHome: ['GET', '/api/home'],
  readCreditStatus: ['GET', '/api/credit/status'],
  agreeToCredit: ['POST', '/api/credit/consents'],
  openCreditJump: ['POST', '/api/credit/jumps'],
  listConsents: ['GET', '/api/consents'],
  withdrawConsent: ['POST', '/api/consents/{consentId}/withdraw'],
  listInstitutions: ['GET', '/api/institutions'],
  listDepartments: ['GET', '/api/departments'],
  readSchedule: ['GET', '/api/departments/{departmentNo}/schedule'],
  readCheckout: ['GET', '/api/slots/{slotNo}'],
  openRegistration: ['POST', '/api/registrations'],
  listRegistrations: ['GET', '/api/registrations'],
  readRegistration: ['GET', '/api/registrations/{registrationId}'],
  cancelRegistration: ['POST', '/api/registrations/{registrationId}/cancel'],
  chooseCredit: ['POST', '/api/registrations/{registrationId}/credit'],
  readOperation: ['GET', '/api/operations/{key}'],
  listVisits: ['GET', '/api/visits'],
  readVisit: ['GET', '/api/visits/{visitId}'],
  readVisitFees: ['GET', '/api/visits/{visitId}/fees'],
  readPayment: ['GET', '/api/payments/{paymentId}'],
  readRefundOptions: ['GET', '/api/refund-options'],
  askRefund: ['POST', '/api/refunds'],
  listRefunds: ['GET', '/api/refunds'],
  readRefund: ['GET', '/api/refunds/{refundId}'],
  withdrawRefund: ['POST', '/api/refunds/{refundId}/withdraw'],
} as const satisfies Record<string, readonly [method: 'GET' | 'POST' | 'DELETE', path: string]>

export type OperationName = keyof typeof paths

/** H5 signs in by leaving for WeChat's OAuth page and coming back; `return` is a path of the app. */
export const signInPath = '/api/session/authorize'
/** Operations that move money carry their key in this header; the same key is the same operation, whoever repeats it. */
export const keyHeader = 'idempotency-key'
/** Every request of H5 that is not a GET carries this header, so that another site cannot forge it. */
export const guardHeader = { name: 'x-paycare', value: '1' } as const
