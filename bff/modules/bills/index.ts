export { lastSerial, paymentViews, paymentViewsById, reasonOf, type PaymentView } from './read.ts'
