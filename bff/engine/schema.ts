import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Read models of the engine's tables. They are written by the units of this folder only. */
export const bill = sqliteTable('bill', {
  id: text('id').primaryKey(),
  institution: text('institution').notNull(),
  kind: text('kind', { enum: ['order', 'registration', 'windowRegistration'] }).notNull(),
  hisNo: text('his_no').notNull(),
  rev: integer('rev').notNull(),
  visitId: text('visit_id'),
  title: text('title').notNull(),
  amountFen: integer('amount_fen').notNull(),
  linesJson: text('lines_json').notNull(),
  bodyHash: text('body_hash').notNull(),
  createdAt: integer('created_at').notNull(),
})

export const payment = sqliteTable('payment', {
  id: text('id').primaryKey(),
  institution: text('institution').notNull(),
  billId: text('bill_id').notNull(),
  channel: text('channel').notNull(),
  kind: text('kind', { enum: ['hold'] }).notNull(),
  personId: text('person_id').notNull(),
  role: text('role', { enum: ['own', 'family'] }).notNull(),
  state: text('state', {
    enum: ['opening', 'held', 'paid', 'released', 'declined', 'expired', 'review'],
  }).notNull(),
  goal: text('goal', { enum: ['hold', 'paid', 'gone'] }).notNull(),
  live: integer('live').notNull(),
  amountFen: integer('amount_fen').notNull(),
  captureFen: integer('capture_fen').notNull(),
  paidFen: integer('paid_fen').notNull(),
  refundingFen: integer('refunding_fen').notNull(),
  refundedFen: integer('refunded_fen').notNull(),
  acctDate: text('acct_date'),
  repayBy: text('repay_by'),
  expiresAt: integer('expires_at'),
  reasonCode: text('reason_code'),
  openedAt: integer('opened_at').notNull(),
})

export const attempt = sqliteTable('attempt', {
  id: text('id').primaryKey(),
  subjectId: text('subject_id').notNull(),
  step: text('step', { enum: ['lock', 'confirm', 'cancel'] }).notNull(),
  serial: text('serial').notNull(),
  state: text('state').notNull(),
  open: integer('open').notNull(),
  doubt: integer('doubt').notNull(),
  createdAt: integer('created_at').notNull(),
})
