import { query, statement, type Unit } from '../db/unit.ts'
import { attemptOf, openAttempt, subjectOf, type Attempt, type OpenAttempt, type Subject } from './subject.ts'

const readSubject = statement('select * from payment where id = :id')
const readLive = statement(
  'select * from payment where institution = :institution and bill_id = :billId order by opened_at, id',
)
const readOpen = statement('select * from attempt where subject_id = :id and open = 1')
const readSettled = statement(
  `select * from attempt where subject_id = :id and state = 'succeeded' order by created_at, id`,
)

export function* findSubject(id: string): Unit<Subject | undefined> {
  const [row] = yield* query(readSubject, { id })
  return row && subjectOf(row)
}

export function* readSubjectById(id: string): Unit<Subject> {
  const subject = yield* findSubject(id)
  if (!subject) throw new Error(`no subject ${id}`)
  return subject
}

/** All payments of one bill, oldest first. */
export function* paymentsOfBill(institution: string, billId: string): Unit<Subject[]> {
  return (yield* query(readLive, { institution, billId })).map(subjectOf)
}

export function* openAttemptOf(subjectId: string): Unit<OpenAttempt | undefined> {
  const [row] = yield* query(readOpen, { id: subjectId })
  return row && openAttempt(row)
}

export function* succeededAttemptsOf(subjectId: string): Unit<Attempt[]> {
  return (yield* query(readSettled, { id: subjectId })).map(attemptOf)
}
