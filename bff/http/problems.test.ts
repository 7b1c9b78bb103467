import { errorTexts } from '@paycare/shared/text'
import { HTTPException } from 'hono/http-exception'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { migrateSqlite } from '../db/migrate.ts'
import { openSqlite, sqliteStore } from '../db/sqlite.ts'
import { ConstraintViolation, type Store } from '../db/store.ts'
import { query, statement } from '../db/unit.ts'
import { idempotencyKeyOf } from './api.ts'
import { bodyHashOf, seenBefore, type KeyedRequest } from './idempotency.ts'
import { problem, problemOf } from './problem.ts'
import { Refusal } from './refusal.ts'

const secret = 'per_1: 张三 990101198803120020'

describe('what is thrown becomes one problem', () => {
  it.each([
    [new Refusal(422, 'ORDER_CHANGED', secret), 422, 'ORDER_CHANGED'],
    [new Refusal(503, 'CREDIT_SILENT', secret), 503, 'CREDIT_SILENT'],
    [new HTTPException(400, { message: secret }), 400, 'REQUEST_MALFORMED'],
    [new HTTPException(404, { message: secret }), 404, 'REQUEST_MALFORMED'],
    [new HTTPException(413, { message: secret }), 413, 'REQUEST_TOO_LARGE'],
    [new HTTPException(415, { message: secret }), 415, 'REQUEST_NOT_JSON'],
    [new HTTPException(502, { message: secret }), 500, 'INTERNAL'],
    [new Error(secret), 500, 'INTERNAL'],
    [new TypeError(secret), 500, 'INTERNAL'],
    [new ConstraintViolation('unique', secret), 500, 'INTERNAL'],
    [secret, 500, 'INTERNAL'],
    [undefined, 500, 'INTERNAL'],
  ] as const)('%s → %i %s', async (error, status, code) => {
    const response = problemOf(error, 'req_1')
    const text = await response.text()
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
    expect(response.headers.get('x-request-id')).toBe('req_1')
    expect(JSON.parse(text)).toEqual({
      type: `urn:paycare:problem:${code}`,
      title: code,
      status,
      code,
      detail: errorTexts[code],
      requestId: 'req_1',
    })
    for (const part of secret.split(' ')) expect(text).not.toContain(part)
  })

  it('and points at the faults of a request without repeating its values', async () => {
    const faults = [{ pointer: '#/amountFen', message: 'too_small' }]
    expect(await problem(422, 'REQUEST_INVALID', 'req_1', faults).json()).toMatchObject({ errors: faults })
  })
})

describe('the key of a request', () => {
  it('is taken with or without quotation marks', () => {
    expect(idempotencyKeyOf(' abc ')).toBe('abc')
    expect(idempotencyKeyOf('"abc"')).toBe('abc')
  })

  it.each([undefined, '', '  ', '""', 'k'.repeat(256)])('%j is none', (header) => {
    expect(() => idempotencyKeyOf(header)).toThrow('IDEMPOTENCY_KEY_MISSING')
  })
})

describe('a key that comes again', () => {
  let store: Store
  beforeEach(() => {
    const connection = openSqlite(':memory:')
    migrateSqlite(connection)
    store = sqliteStore(connection)
  })
  afterEach(() => store.close())

  const request: KeyedRequest = { institution: 'a', actor: 'his', key: 'k', bodyHash: bodyHashOf('V1', { a: 1 }) }
  const seen = (over: Partial<KeyedRequest> = {}, subject = 'order/O1'): Promise<boolean> =>
    store.run(() => seenBefore({ ...request, ...over }, subject, 1))

  it('with the same body is the same request', async () => {
    expect(await seen()).toBe(false)
    expect(await seen()).toBe(true)
    expect(await seen()).toBe(true)
  })

  it('with another body, or for something else, is refused', async () => {
    await seen()
    await expect(seen({ bodyHash: bodyHashOf('V1', { a: 2 }) })).rejects.toThrow('IDEMPOTENCY_KEY_REUSED')
    await expect(seen({}, 'order/O2')).rejects.toThrow('IDEMPOTENCY_KEY_REUSED')
    expect(await seen()).toBe(true)
  })

  it('from another actor or institution is another key', async () => {
    await seen()
    expect(await seen({ actor: 'acc_1' })).toBe(false)
    expect(await seen({ institution: 'b' })).toBe(false)
    expect(await seen({ key: 'k2' })).toBe(false)
  })

  it('is not stored when the intent beside it fails', async () => {
    const failing = store.run(function* () {
      yield* seenBefore(request, 'order/O1', 1)
      throw new Error('no intent')
    })
    await expect(failing).rejects.toThrow('no intent')
    expect(await store.read(() => query(statement('select count(*) as n from idempotency'), {}))).toEqual([{ n: 0 }])
    expect(await seen()).toBe(false)
  })

  it('hashes a body by content and by what stands before it', () => {
    expect(bodyHashOf('V1', { a: 1 })).toBe(bodyHashOf('V1', { a: 1 }))
    const others = [
      bodyHashOf('V1', { a: 2 }),
      bodyHashOf('V2', { a: 1 }),
      bodyHashOf('V1', { a: '1' }),
      bodyHashOf('V1', { a: 1, b: null }),
    ]
    expect(others).not.toContain(bodyHashOf('V1', { a: 1 }))
    expect(new Set(others).size).toBe(4)
  })
})
