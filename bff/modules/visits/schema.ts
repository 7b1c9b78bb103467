import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const visit = sqliteTable('visit', {
  id: text('id').primaryKey(),
  institution: text('institution').notNull(),
  hisNo: text('his_no').notNull(),
  personId: text('person_id').notNull(),
  department: text('department').notNull(),
  doctor: text('doctor').notNull(),
  startedAt: integer('started_at').notNull(),
  state: text('state', { enum: ['open', 'finished'] }).notNull(),
  inUse: integer('in_use').notNull(),
  role: text('role', { enum: ['own', 'family'] }),
  reasonCode: text('reason_code'),
  finishedAt: integer('finished_at'),
  kind: text('kind', { enum: ['outpatient', 'vaccination'] }).notNull(),
})
