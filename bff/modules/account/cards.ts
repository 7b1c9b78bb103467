import { and, asc, desc, eq } from 'drizzle-orm'
import type { BindCard, Card } from '@paycare/shared/contract'
import { ageOf, isIdNumber, maskName, tail } from '@paycare/shared/rules'
import type { AppContext } from '../../context.ts'
import { integer, query, statement, text, type Unit } from '../../db/unit.ts'
import { Refusal } from '../../http/refusal.ts'
import { newId } from '../../ports/ids.ts'
import { card } from './schema.ts'

const insert = statement(
  `insert into card (id, account_id, person_id, institution, patient_no_sealed, relation, created_at)
   values (:id, :accountId, :personId, :institution, :patientNo, :relation, :at)
   on conflict (account_id, institution, person_id) do nothing returning id`,
)
const find = statement(
  'select id from card where account_id = :accountId and institution = :institution and person_id = :personId',
)
const count = statement('select count(*) as n from card where account_id = :accountId')

/** A family's cards; more than that is somebody who collects identities. */
const cardsMost = 6

/** A card with the person behind it; inside the BFF only. */
export interface BoundCard {
  readonly personId: string
  readonly institution: string
  /** The hospital's number of the person, sealed with the person's key as field `patientNo`. */
  readonly patientNoSealed: string
  readonly view: Card
}

type CardRow = typeof card.$inferSelect

/** The cards of an account: the person's own first, then the family's, oldest first. */
export async function listCards(x: AppContext, accountId: string): Promise<BoundCard[]> {
  const rows = await x.reader
    .select()
    .from(card)
    .where(eq(card.accountId, accountId))
    .orderBy(desc(card.relation), asc(card.createdAt), asc(card.institution), asc(card.id))
  return Promise.all(rows.map((row) => bound(x, row)))
}

/** The account's first card, if it has one. */
export async function firstCard(x: AppContext, accountId: string): Promise<BoundCard | undefined> {
  return (await listCards(x, accountId))[0]
}

/** One card of the account. Somebody else's card looks absent. */
export async function readCard(x: AppContext, accountId: string, cardId: string): Promise<BoundCard> {
  const [row] = await x.reader
    .select()
    .from(card)
    .where(and(eq(card.id, cardId), eq(card.accountId, accountId)))
  if (!row) throw new Refusal(404, 'CARD_NOT_FOUND')
  return bound(x, row)
}

/** The account's card for a person at an institution, if it has one. */
export async function cardOfPerson(
  x: AppContext,
  accountId: string,
  institution: string,
  personId: string,
): Promise<BoundCard | undefined> {
  const [row] = await x.reader
    .select()
    .from(card)
    .where(and(eq(card.accountId, accountId), eq(card.institution, institution), eq(card.personId, personId)))
  return row && bound(x, row)
}

/** Binds a person's hospital record to the account, after the hospital has found it. Binding twice answers the same card. */
export async function bindCard(x: AppContext, accountId: string, body: BindCard): Promise<BoundCard> {
  const known = x.config.institutions.some((one) => one.id === body.institution)
  if (!known) throw new Refusal(404, 'CARD_NO_RECORD')
  if (!isIdNumber(body.idNumber)) throw new Refusal(422, 'CARD_ID_INVALID')
  const match = await x.hospital.matchPatient(body.institution, { name: body.name, idNumber: body.idNumber })
  if (match.is === 'silent') throw new Refusal(503, 'HOSPITAL_SILENT', match.why)
  if (match.is === 'absent') throw new Refusal(404, 'CARD_NO_RECORD')
  const id = await x.store.run(() => bind(x, accountId, body, match.body.patientNo))
  return readCard(x, accountId, id)
}

function* bind(x: AppContext, accountId: string, body: BindCard, patientNo: string): Unit<string> {
  const at = x.clock.now()
  const personId = yield* x.vault.personOf({ name: body.name, idNumber: body.idNumber }, at)
  const id = newId(x.random, 'card')
  const sealed = yield* x.vault.seal(personId, 'patientNo', patientNo)
  const key = { accountId, institution: body.institution, personId }
  const stored = yield* query(insert, { ...key, id, patientNo: sealed, relation: body.relation, at })
  if (stored.length > 0) {
    const [held] = yield* query(count, { accountId })
    if (held && integer(held, 'n') > cardsMost) throw new Refusal(409, 'CARD_TOO_MANY')
    return id
  }
  const [row] = yield* query(find, key)
  if (!row) throw new Refusal(404, 'CARD_NOT_FOUND')
  return text(row, 'id')
}

async function bound(x: AppContext, row: CardRow): Promise<BoundCard> {
  const { identity, patientNo } = await x.store.read(function* () {
    const opened = yield* x.vault.identityOf(row.personId)
    return { identity: opened, patientNo: yield* x.vault.open(row.personId, 'patientNo', row.patientNoSealed) }
  })
  const { id, name, phone, hours } = x.institution(row.institution)
  return {
    personId: row.personId,
    institution: row.institution,
    patientNoSealed: row.patientNoSealed,
    view: {
      id: row.id,
      name: maskName(identity.name),
      age: ageOf(identity.idNumber, x.clock.now()),
      relation: row.relation,
      patientNoTail: tail(patientNo),
      institution: { id, name, phone, hours },
    },
  }
}
