export { findBill } from './find.ts'
export { hisPaymentOf } from './his-payment.ts'
export { lastSerial, paymentViews, paymentViewsById, reasonOf, type PaymentView } from './read.ts'
