export { moneyNews } from './news.ts'
export { paymentRoutes } from './routes.ts'
