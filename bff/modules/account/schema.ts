import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const session = sqliteTable('session', {
  id: text('id').primaryKey(),
  accountId: text('account_id').notNull(),
  createdAt: integer('created_at').notNull(),
  expiresAt: integer('expires_at').notNull(),
  revokedAt: integer('revoked_at'),
})

export const card = sqliteTable('card', {
  id: text('id').primaryKey(),
  accountId: text('account_id').notNull(),
  personId: text('person_id').notNull(),
  institution: text('institution').notNull(),
  patientNoSealed: text('patient_no_sealed').notNull(),
  relation: text('relation', { enum: ['self', 'family'] }).notNull(),
  createdAt: integer('created_at').notNull(),
})

export const consent = sqliteTable('consent', {
  id: text('id').primaryKey(),
  accountId: text('account_id').notNull(),
  personId: text('person_id').notNull(),
  purpose: text('purpose', { enum: ['credit'] }).notNull(),
  version: text('version').notNull(),
  agreedAt: integer('agreed_at').notNull(),
  withdrawnAt: integer('withdrawn_at'),
})
