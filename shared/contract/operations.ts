import type { BindCard, Card, Cards, Institutions } from './cards.ts'
import type { Consents } from './consents.ts'
import type { AgreeToCredit, CreditJump, CreditStatus, OpenCreditJump } from './credit.ts'
import type { Home } from './home.ts'
import type { OperationName } from './paths.ts'
import type { PaymentDetail } from './payments.ts'
import type { AskRefund, RefundDetail, RefundOptions, Refunds, RefundTarget } from './refunds.ts'
import type {
  Checkout,
  ChooseCredit,
  Departments,
  OpenRegistration,
  OperationAnswer,
  Registration,
  Registrations,
  Schedule,
} from './registrations.ts'
import type { OpenedSession, OpenSession, Session } from './session.ts'
import type { VisitDetail, VisitFees, Visits } from './visits.ts'

interface Shape {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** The `Idempotency-Key` of an operation that moves money. */
  readonly key?: string
  readonly output: unknown
}

/** Input and output of each operation in `paths.ts`, for a client that infers both from the name. */
export interface Operations extends Record<OperationName, Shape> {
  readSession: { output: Session }
  openSession: { body: OpenSession; output: OpenedSession }
  closeSession: { output: null }
  listCards: { output: Cards }
  bindCard: { body: BindCard; output: Card }
  readHome: { query: { cardId?: string }; output: Home }
  readCreditStatus: { query: { cardId: string }; output: CreditStatus }
  agreeToCredit: { body: AgreeToCredit; output: CreditStatus }
  openCreditJump: { body: OpenCreditJump; output: CreditJump }
  listConsents: { output: Consents }
  withdrawConsent: { params: { consentId: string }; output: Consents }
  listInstitutions: { output: Institutions }
  listDepartments: { query: { cardId: string }; output: Departments }
  readSchedule: { params: { departmentNo: string }; query: { cardId: string }; output: Schedule }
  readCheckout: { params: { slotNo: string }; query: { cardId: string }; output: Checkout }
  openRegistration: { key: string; body: OpenRegistration; output: Registration }
  listRegistrations: { query: { cardId: string }; output: Registrations }
  readRegistration: { params: { registrationId: string }; output: Registration }
  cancelRegistration: { key: string; params: { registrationId: string }; output: Registration }
  chooseCredit: { key: string; params: { registrationId: string }; body: ChooseCredit; output: Registration }
  readOperation: { params: { key: string }; output: OperationAnswer }
  listVisits: { query: { cardId: string; filter: 'open' | 'all' }; output: Visits }
  readVisit: { params: { visitId: string }; output: VisitDetail }
  readVisitFees: { params: { visitId: string }; output: VisitFees }
  readPayment: { params: { paymentId: string }; output: PaymentDetail }
  readRefundOptions: { query: RefundTarget; output: RefundOptions }
  askRefund: { key: string; body: AskRefund; output: RefundDetail }
  listRefunds: { query: { cardId: string }; output: Refunds }
  readRefund: { params: { refundId: string }; output: RefundDetail }
  withdrawRefund: { key: string; params: { refundId: string }; output: RefundDetail }
}
