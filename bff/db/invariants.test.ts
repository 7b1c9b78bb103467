import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { migrateSqlite } from './migrate.ts'
import { openSqlite, sqliteStore } from './sqlite.ts'
import { ConstraintViolation, type Store } from './store.ts'
import { query, statement, type Bindable } from './unit.ts'

type Values = Readonly<Record<string, Bindable>>

const bill: Values = {
  id: 'bill_1',
  institution: 'a',
  kind: 'order',
  his_no: 'O1',
  rev: 0,
  visit_id: null,
  title: 't',
  amount_fen: 1_000,
  lines_json: '[]',
  body_hash: 'h',
  created_at: 1,
}
const payment: Values = {
  id: 'pay_1',
  institution: 'a',
  bill_id: 'bill_1',
  channel: 'credit',
  kind: 'hold',
  person_id: 'per_1',
  role: 'own',
  terms_sealed: 's',
  state: 'held',
  goal: 'hold',
  live: 1,
  amount_fen: 1_000,
  capture_fen: 1_000,
  paid_fen: 0,
  refunding_fen: 0,
  refunded_fen: 0,
  acct_date: null,
  repay_by: null,
  expires_at: null,
  not_before: 0,
  recheck: 0,
  refusals: 0,
  reason_code: null,
  opened_at: 1,
  version: 0,
}
const attempt: Values = {
  id: 'att_1',
  institution: 'a',
  channel: 'credit',
  subject_id: 'pay_1',
  step: 'lock',
  serial: 'L1',
  trade_date: '20261121',
  amount_fen: 1_000,
  content_hash: 'h',
  content_sealed: 's',
  ref_json: '{}',
  state: 'sent',
  open: 1,
  doubt: 0,
  sends: 1,
  first_sent_at: 1,
  last_sent_at: 1,
  asks: 0,
  last_ask_at: 0,
  absent_at: null,
  code: null,
  created_at: 1,
}

describe('the database itself', () => {
  let store: Store
  beforeEach(async () => {
    const connection = openSqlite(':memory:')
    migrateSqlite(connection)
    store = sqliteStore(connection)
    await put('bill', bill)
  })
  afterEach(() => store.close())

  async function put(table: string, row: Values): Promise<void> {
    const names = Object.keys(row)
    const sql = `insert into ${table} (${names.join(', ')}) values (${names.map((name) => `:${name}`).join(', ')})`
    await store.run(() => query(statement(sql), row))
  }
  const kindOf = async (work: Promise<void>): Promise<string> =>
    work.then(
      () => 'stored',
      (error: unknown) => (error instanceof ConstraintViolation ? error.kind : String(error)),
    )
  const change = (set: string): Promise<void> =>
    store.run(function* () {
      yield* query(statement(`update payment set ${set}`), {})
    })

  it('keeps one bill per number and revision of HIS, and per institution', async () => {
    expect(await kindOf(put('bill', { ...bill, id: 'bill_2' }))).toBe('unique')
    expect(await kindOf(put('bill', { ...bill, id: 'bill_2', rev: 1 }))).toBe('stored')
    expect(await kindOf(put('bill', { ...bill, id: 'bill_3', institution: 'b' }))).toBe('stored')
    expect(await kindOf(put('bill', { ...bill, id: 'bill_4', his_no: 'O2', amount_fen: 0 }))).toBe('check')
  })

  it('refuses a second live payment of one bill until the first is surely dead', async () => {
    await put('payment', payment)
    const second = { ...payment, id: 'pay_2', state: 'opening' }
    for (const state of ['opening', 'held', 'paid', 'review']) {
      await change(`state = '${state}' where id = 'pay_1'`)
      expect(await kindOf(put('payment', second)), state).toBe('unique')
    }
    for (const [at, state] of ['released', 'declined', 'expired'].entries()) {
      const dead = { ...payment, id: `dead_${at}`, state, live: 0 }
      expect(await kindOf(put('payment', dead)), state).toBe('stored')
    }
    await change(`state = 'declined', live = 0 where id = 'pay_1'`)
    expect(await kindOf(put('payment', second))).toBe('stored')
  })

  it.each(['opening', 'held', 'paid', 'review'])('refuses to call %s dead', async (state) => {
    expect(await kindOf(put('payment', { ...payment, state, live: 0 }))).toBe('check')
    expect(await kindOf(put('payment', { ...payment, state, live: 1 }))).toBe('stored')
  })

  it.each(['released', 'declined', 'expired'])('refuses to call %s live', async (state) => {
    expect(await kindOf(put('payment', { ...payment, state, live: 1 }))).toBe('check')
    expect(await kindOf(put('payment', { ...payment, state, live: 0 }))).toBe('stored')
  })

  it('refuses to take more than was locked, in intent and in fact', async () => {
    await put('payment', payment)
    expect(await kindOf(change('capture_fen = 1001'))).toBe('check')
    expect(await kindOf(change('capture_fen = 0'))).toBe('check')
    expect(await kindOf(change('paid_fen = 1001'))).toBe('check')
    expect(await kindOf(change('paid_fen = -1'))).toBe('check')
    expect(await kindOf(change('paid_fen = 1000'))).toBe('stored')
  })

  it('refuses refunds beyond what was paid, those under way included', async () => {
    await put('payment', { ...payment, state: 'paid', paid_fen: 900 })
    expect(await kindOf(change('refunding_fen = 500, refunded_fen = 400'))).toBe('stored')
    expect(await kindOf(change('refunding_fen = 501'))).toBe('check')
    expect(await kindOf(change('refunded_fen = 401'))).toBe('check')
    expect(await kindOf(change('refunding_fen = -1'))).toBe('check')
    expect(await kindOf(change('refunded_fen = -1'))).toBe('check')
    expect(await kindOf(change('refunding_fen = refunding_fen + 1'))).toBe('check')
  })

  it('refuses a payment without a bill', async () => {
    expect(await kindOf(put('payment', { ...payment, bill_id: 'nowhere' }))).toBe('other')
  })

  it('refuses a second open attempt of one subject', async () => {
    await put('attempt', attempt)
    const second = { ...attempt, id: 'att_2', serial: 'L2' }
    for (const state of ['ready', 'sent', 'accepted']) {
      expect(await kindOf(put('attempt', { ...second, state })), state).toBe('unique')
    }
    expect(await kindOf(put('attempt', { ...second, state: 'succeeded', open: 0 }))).toBe('stored')
    expect(await kindOf(put('attempt', { ...attempt, id: 'att_3', serial: 'L3', subject_id: 'pay_9' }))).toBe('stored')
  })

  it('refuses an attempt whose open flag contradicts its state', async () => {
    for (const state of ['ready', 'sent', 'accepted']) {
      expect(await kindOf(put('attempt', { ...attempt, state, open: 0 })), state).toBe('check')
    }
    for (const state of ['succeeded', 'refused', 'deferred', 'dropped']) {
      expect(await kindOf(put('attempt', { ...attempt, state, open: 1 })), state).toBe('check')
    }
  })

  it('never lets a serial be issued twice at one counterparty', async () => {
    await put('attempt', { ...attempt, state: 'dropped', open: 0 })
    const again = { ...attempt, id: 'att_2', subject_id: 'pay_2' }
    expect(await kindOf(put('attempt', again))).toBe('unique')
    expect(await kindOf(put('attempt', { ...again, channel: 'wechat' }))).toBe('stored')
  })

  it('keeps one journal row per version', async () => {
    const row = { institution: 'a', subject_id: 'pay_1', version: 0, at: 1, event: 'opened', to_state: 'opening' }
    const whole = { ...row, channel: 'credit', actor: 'his', data: '{}' }
    await put('journal', whole)
    expect(await kindOf(put('journal', whole))).toBe('unique')
    expect(await kindOf(put('journal', { ...whole, version: 1 }))).toBe('stored')
  })

  it('keeps one key per actor, and one work item per evidence', async () => {
    const key = { institution: 'a', actor: 'his', key: 'k', body_hash: 'h', subject: 's', at: 1 }
    await put('idempotency', key)
    expect(await kindOf(put('idempotency', { ...key, body_hash: 'other' }))).toBe('unique')
    expect(await kindOf(put('idempotency', { ...key, actor: 'desk' }))).toBe('stored')
    const item = { id: 'i1', institution: 'a', kind: 'k', subject_id: 's', evidence_hash: 'e', state: 'open' }
    await put('work_item', { ...item, raised_at: 1 })
    expect(await kindOf(put('work_item', { ...item, id: 'i2', raised_at: 2 }))).toBe('unique')
  })

  it('lets no visit be on credit without a role and an agreement', async () => {
    await put('person', { id: 'per_1', id_hash: 'h', name_sealed: 's', id_number_sealed: 's', created_at: 1 })
    const visit = { id: 'v1', institution: 'a', his_no: 'V1', person_id: 'per_1', patient_no_sealed: 's' }
    const rest = { department: 'd', doctor: 'd', started_at: 1, state: 'open', body_hash: 'h', version: 0 }
    const signed = { role: 'own', agreement_sealed: 's' }
    expect(await kindOf(put('visit', { ...visit, ...rest, in_use: 1, role: 'own' }))).toBe('check')
    expect(await kindOf(put('visit', { ...visit, ...rest, in_use: 1, agreement_sealed: 's' }))).toBe('check')
    expect(await kindOf(put('visit', { ...visit, ...rest, in_use: 1, ...signed }))).toBe('stored')
    expect(await kindOf(put('visit', { ...visit, ...rest, id: 'v2', in_use: 0 }))).toBe('unique')
  })
})
