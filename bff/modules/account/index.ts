export { cardOfPerson, readCard, type BoundCard } from './cards.ts'
export { agree, consentedAt, type Purpose } from './consents.ts'
export { accountRoutes } from './routes.ts'
export { sessionAuth } from './session-cookie.ts'
