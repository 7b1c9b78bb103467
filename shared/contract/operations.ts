import type { BindCard, Card, Cards } from './cards.ts'
import type { AgreeToCredit, CreditStatus } from './credit.ts'
import type { Home } from './home.ts'
import type { OperationName } from './paths.ts'
import type { PaymentDetail } from './payments.ts'
import type { OpenedSession, OpenSession, Session } from './session.ts'
import type { VisitDetail, VisitFees, Visits } from './visits.ts'

interface Shape {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly output: unknown
}

/** Input and output of each operation in `paths.ts`, for a client that infers both from the name. */
export interface Operations extends Record<OperationName, Shape> {
  readSession: { output: Session }
  openSession: { body: OpenSession; output: OpenedSession }
  closeSession: { output: null }
  listCards: { output: Cards }
  bindCard: { body: BindCard; output: Card }
  readHome: { query: { cardId: string }; output: Home }
  readCreditStatus: { query: { cardId: string }; output: CreditStatus }
  agreeToCredit: { body: AgreeToCredit; output: CreditStatus }
  listVisits: { query: { cardId: string; filter: 'open' | 'all' }; output: Visits }
  readVisit: { params: { visitId: string }; output: VisitDetail }
  readVisitFees: { params: { visitId: string }; output: VisitFees }
  readPayment: { params: { paymentId: string }; output: PaymentDetail }
}
