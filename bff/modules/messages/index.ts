export { messageHisRoutes } from './routes-his.ts'
export { deliveryKind, tell } from './tell.ts'
export { deliveryWork } from './work.ts'
