import { describe, expect, it } from 'vitest'
import { bankWorld, LIMIT_FEN, MOTHER, AGREEMENT, type BankWorld } from './fixture.ts'
import { DELAY_HEADER, DROP_HEADER, DROP_STATUS } from './wire-answers.ts'
import { ADAPTER_MESSAGES, CODE } from './codes.ts'
import { seededRandom } from '../random.ts'

const rawLock = (world: BankWorld, serial: string, amountFen: number) =>
  world.bank.handle({
    path: '/api/creditMed/lock/v1',
    body: world.caller.form('lock', world.caller.lockBody(serial, AGREEMENT, MOTHER, amountFen)),
  })

describe('fault switches', () => {
  it('drops before execution: nothing happened, the same serial works afterwards', () => {
    const world = bankWorld()
    world.bank.faults.add({ api: 'lock', kind: 'DROP_BEFORE', times: 1 })
    expect(rawLock(world, 'L1', 100)).toEqual({ status: DROP_STATUS, headers: { [DROP_HEADER]: '1' }, body: '' })
    expect(world.query('LOCK', 'L1').body['found']).toBe('N')
    expect(world.available()).toBe(LIMIT_FEN)
    expect(world.lock('L1', 100).status).toBe('S')
  })

  it('drops after execution: the money has moved and the query finds it', () => {
    const world = bankWorld()
    world.bank.faults.add({ api: 'lock', match: { serial: 'L1' }, kind: 'EXECUTE_THEN_DROP', times: 1 })
    expect(rawLock(world, 'L1', 100).status).toBe(DROP_STATUS)
    expect(world.query('LOCK', 'L1').body).toMatchObject({ found: 'Y', lock_status: 'LOCKED' })
    expect(world.available()).toBe(LIMIT_FEN - 100)
    expect(world.lock('L1', 100).status).toBe('S')
    expect(world.bank.effects('L1')).toBe(1)
  })

  it('keeps quota back while a lock is in PROCESSING and makes it final with the nth query', () => {
    const world = bankWorld()
    world.bank.faults.add({ api: 'lock', kind: 'EXECUTE_THEN_PROCESSING', afterQueries: 2, times: 1 })
    expect(world.lock('L1', 400_000)).toMatchObject({ status: 'P', body: { lock_state: 'PROCESSING' } })
    expect(world.bank.ledger().principals[0]).toMatchObject({
      availableFen: 100_000,
      pendingFen: 400_000,
      lockedFen: 0,
    })
    expect(world.bank.effects('L1')).toBe(0)
    expect(world.lock('L2', 100_001).code).toBe(CODE.quotaInsufficient)
    expect(world.lock('L1', 400_000).status).toBe('P')
    expect(world.confirm('C1', 'L1', 1).code).toBe(CODE.earlierProcessing)
    expect(world.cancel('X1', 'L1').code).toBe(CODE.earlierProcessing)
    expect(world.query('LOCK', 'L1').body['lock_status']).toBe('PROCESSING')
    expect(world.query('LOCK', 'L1').body['lock_status']).toBe('LOCKED')
    expect(world.bank.ledger().principals[0]).toMatchObject({
      availableFen: 100_000,
      pendingFen: 0,
      lockedFen: 400_000,
    })
    expect(world.bank.effects('L1')).toBe(1)
    expect(world.confirm('C1', 'L1', 1).status).toBe('S')
    expect(world.bank.invariants().violations).toEqual([])
  })

  it('gives quota back when a lock in PROCESSING ends in FAIL', () => {
    const world = bankWorld()
    world.bank.faults.add({ api: 'lock', kind: 'EXECUTE_THEN_PROCESSING', final: 'FAIL', afterMs: 5_000 })
    world.lock('L1', 400_000)
    world.clock.advance(4_999)
    expect(world.available()).toBe(100_000)
    world.clock.advance(1)
    expect(world.available()).toBe(LIMIT_FEN)
    expect(world.query('LOCK', 'L1').body).toMatchObject({ lock_status: 'FAIL', fail_code: CODE.quotaInsufficient })
    expect(world.bank.effects('L1')).toBe(0)
    expect(world.bank.invariants().violations).toEqual([])
  })

  it.each(['SUCCESS', 'FAIL'] as const)('moves money of a confirm in PROCESSING only when it becomes %s', (final) => {
    const world = bankWorld()
    world.lock('L1', 12_000)
    world.bank.faults.add({ api: 'confirm', kind: 'EXECUTE_THEN_PROCESSING', final, afterMs: 1_000 })
    expect(world.confirm('C1', 'L1', 8_000).status).toBe('P')
    expect(world.bank.ledger().principals[0]).toMatchObject({ lockedFen: 12_000, usedFen: 0 })
    expect(world.query('CONFIRM', 'C1').body).toMatchObject({ lock_status: 'LOCKED', confirm_state: 'PROCESSING' })
    world.clock.advance(1_000)
    const done = final === 'SUCCESS'
    expect(world.bank.ledger().principals[0]).toMatchObject({ lockedFen: done ? 0 : 12_000, usedFen: done ? 8_000 : 0 })
    expect(world.query('CONFIRM', 'C1').body['confirm_state']).toBe(final)
    expect(world.cancel('X1', 'L1').status).toBe(done ? 'F' : 'S')
  })

  it.each(Object.entries(ADAPTER_MESSAGES))(
    'reports %s in the exact words, before or after execution',
    (code, text) => {
      const kind = code.replace('ADPTSY', 'ADPTSY_') as 'ADPTSY_0003'
      const world = bankWorld()
      world.bank.faults.add({ api: 'lock', kind, phase: 'before', times: 1 })
      world.bank.faults.add({ api: 'lock', kind, phase: 'after', times: 1 })
      expect(rawLock(world, 'L1', 100).body).toContain(`"rsp_code":"${code}","rsp_msg":"${text}"`)
      expect(world.bank.effects('L1')).toBe(0)
      expect(world.lock('L1', 100)).toMatchObject({ verified: true, code, status: 'F' })
      expect(world.bank.effects('L1')).toBe(1)
    },
  )

  it('spoils the answer in every other way without losing the money effect', () => {
    const world = bankWorld()
    for (const kind of ['BAD_SIGN', 'HTTP_502_HTML', 'TRUNCATED_JSON', 'DELAY'] as const) {
      world.bank.faults.add({ api: 'lock', match: { serial: kind.replaceAll('_', '') }, kind })
    }
    const bad = rawLock(world, 'BADSIGN', 1).body
    expect(world.caller.open(bad)).toMatchObject({ verified: false, status: 'S' })
    expect(rawLock(world, 'HTTP502HTML', 1)).toMatchObject({ status: 502, headers: { 'content-type': 'text/html' } })
    expect(() => JSON.parse(rawLock(world, 'TRUNCATEDJSON', 1).body)).toThrow()
    expect(rawLock(world, 'DELAY', 1).headers[DELAY_HEADER]).toBe('3000')
    expect(world.available()).toBe(LIMIT_FEN - 4)
  })

  it('signs with a key that the product does not have', () => {
    const world = bankWorld()
    world.bank.faults.add({ api: 'lock', kind: 'WRONG_KEY_ID', times: 1 })
    expect(world.lock('L1', 100)).toMatchObject({ verified: false, status: 'S' })
    expect(world.bank.effects('L1')).toBe(1)
    expect(world.lock('L1', 100).verified).toBe(true)
  })

  it('turns a call away by its rate before anything happens', () => {
    const world = bankWorld()
    world.bank.faults.add({ api: 'lock', kind: 'RATE_LIMIT', times: 1 })
    expect(world.lock('L1', 100)).toMatchObject({ verified: true, code: CODE.rateLimited, status: 'F' })
    expect(world.bank.effects('L1')).toBe(0)
    expect(world.lock('L1', 100).status).toBe('S')
  })

  it('lets queries lag behind an executed call', () => {
    const world = bankWorld()
    world.bank.faults.add({ api: 'lock', kind: 'QUERY_LAGS', lagMs: 2_000 })
    world.lock('L1', 100)
    expect(world.query('LOCK', 'L1').body['found']).toBe('N')
    world.clock.advance(2_000)
    expect(world.query('LOCK', 'L1').body['found']).toBe('Y')
    world.bank.faults.clear()
    world.bank.faults.add({ api: 'postPayQuery', kind: 'QUERY_LAGS', lagMs: 3_000 })
    expect(world.query('LOCK', 'L1').body['found']).toBe('N')
  })

  it('draws probability from the injected source', () => {
    const hits = () => {
      const world = bankWorld({ random: seededRandom('seed 7') })
      world.bank.faults.add({ api: 'lock', kind: 'DROP_BEFORE', probability: 0.5 })
      return Array.from({ length: 40 }, (_, at) => rawLock(world, `L${at}`, 1).status === DROP_STATUS)
    }
    const first = hits()
    expect(hits()).toEqual(first)
    expect(new Set(first).size).toBe(2)
  })
})

describe('sentinel amounts', () => {
  it('are off by default', () => {
    expect(bankWorld().lock('L1', 113).status).toBe('S')
  })

  it('provoke each failure once per serial', () => {
    const world = bankWorld({ sentinels: true })
    expect(rawLock(world, 'L13', 1_013).status).toBe(DROP_STATUS)
    expect(world.bank.effects('L13')).toBe(1)
    expect(rawLock(world, 'L14', 1_014).status).toBe(DROP_STATUS)
    expect(world.bank.effects('L14')).toBe(0)
    expect(world.lock('L14', 1_014).status).toBe('S')
    expect(world.lock('L15', 1_015).status).toBe('P')
    world.query('LOCK', 'L15')
    expect(world.query('LOCK', 'L15').body['lock_status']).toBe('LOCKED')
    expect(world.lock('L16', 1_016).code).toBe('ADPTSY0004')
    expect(world.lock('L16', 1_016).status).toBe('S')
    expect(world.available()).toBe(LIMIT_FEN - 1_013 - 1_014 - 1_015 - 1_016)
  })

  it('work on the confirmed amount as well', () => {
    const world = bankWorld({ sentinels: true })
    for (const serial of ['1', '2', '3']) world.lock(`L${serial}`, 2_000)
    expect(world.confirm('C1', 'L1', 1_025)).toMatchObject({ status: 'P' })
    const raw = (serial: string, lock: string, fen: number) =>
      world.bank.handle({
        path: '/api/creditMed/confirm/v1',
        body: world.caller.form('confirm', world.caller.confirmBody(serial, lock, MOTHER, fen)),
      }).status
    expect(raw('C2', 'L2', 1_023)).toBe(DROP_STATUS)
    expect(raw('C3', 'L3', 1_024)).toBe(DROP_STATUS)
    expect([world.bank.effects('C2'), world.bank.effects('C3')]).toEqual([1, 0])
  })
})
