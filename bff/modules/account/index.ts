export { cardOfPerson, firstCard, readCard, type BoundCard } from './cards.ts'
export { agree, consentedAt, type Purpose } from './consents.ts'
export { accountRoutes } from './routes.ts'
export { isNobody, sessionAuth } from './session-cookie.ts'
