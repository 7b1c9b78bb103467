import { query, statement, type Unit } from '../db/unit.ts'
import {
  attemptOf,
  openAttempt,
  paymentOf,
  refundOf,
  type Attempt,
  type Lease,
  type OpenAttempt,
  type Payment,
  type Refund,
  type Subject,
} from './subject.ts'

const readPayment = statement('select * from payment where id = :id')
const readRefund = statement('select * from refund where id = :id')
const readLive = statement(
  'select * from payment where institution = :institution and bill_id = :billId order by opened_at, id',
)
const readOpen = statement('select * from attempt where subject_id = :id and open = 1')
const readAttempts = statement('select * from attempt where subject_id = :id order by created_at, id')
const readSettled = statement(
  `select * from attempt where subject_id = :id and state = 'succeeded' order by created_at, id`,
)

export function* findPayment(id: string): Unit<Payment | undefined> {
  const [row] = yield* query(readPayment, { id })
  return row && paymentOf(row)
}

export function* findRefund(id: string): Unit<Refund | undefined> {
  const [row] = yield* query(readRefund, { id })
  return row && refundOf(row)
}

/** The subject that a lease is for. */
export function* readLeased(lease: Lease): Unit<Subject> {
  const { kind, subjectId } = lease
  const subject = kind === 'refund' ? yield* findRefund(subjectId) : yield* findPayment(subjectId)
  if (!subject) throw new Error(`no ${kind} ${subjectId}`)
  return subject
}

export function* readPaymentById(id: string): Unit<Payment> {
  const payment = yield* findPayment(id)
  if (!payment) throw new Error(`no payment ${id}`)
  return payment
}

/** All payments of one bill, oldest first. */
export function* paymentsOfBill(institution: string, billId: string): Unit<Payment[]> {
  return (yield* query(readLive, { institution, billId })).map(paymentOf)
}

export function* openAttemptOf(subjectId: string): Unit<OpenAttempt | undefined> {
  const [row] = yield* query(readOpen, { id: subjectId })
  return row && openAttempt(row)
}

/** All calls of a subject, oldest first. */
export function* attemptsOf(subjectId: string): Unit<Attempt[]> {
  return (yield* query(readAttempts, { id: subjectId })).map(attemptOf)
}

export function* succeededAttemptsOf(subjectId: string): Unit<Attempt[]> {
  return (yield* query(readSettled, { id: subjectId })).map(attemptOf)
}
