import { rawMember } from '@paycare/bff/gateways/bank/raw-slice.ts'
import { query, statement, text } from '@paycare/bff/db/unit.ts'
import { resumeInbox } from '@paycare/bff/modules/credit/index.ts'
import type { Problem } from '@paycare/shared/contract'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { generateSandboxKeys, seedInstitutions } from '../sandbox/index.ts'
import type { BankPen } from '../world/bank-pen.ts'
import { personNamed } from '../world/his-client.ts'
import { World } from '../world/world.ts'

const minute = 60_000
const merchants = Object.fromEntries(seedInstitutions.map((one) => [one.id, one.merPtcId]))

let world: World
let pen: BankPen
let numbers = 0
beforeAll(async () => {
  world = await World.start()
  pen = world.pen()
})
beforeEach(() => {
  numbers += 1
})
afterEach(() => {
  vi.restoreAllMocks()
  world.sandbox.bank.faults.clear()
})
afterAll(() => world.close())

const idOf = (mark = ''): string => `N${numbers}${mark}`
const contentOf = (kind: string, over: object = {}) => ({
  notify_id: idOf(),
  notify_type: kind,
  notify_time: '20261121100000',
  mer_ptc_id: merchants['jc-first'],
  tran_state: 'SUCCESS',
  ...over,
})
const push = (body: string, institution = 'jc-first'): Promise<Response> =>
  fetch(`${world.url}/bank/v1/notify/${institution}`, { method: 'POST', body })
const hints = () => vi.spyOn(world.x.engine, 'hint')

/** What the inbox holds under this test's numbers. */
async function inbox(): Promise<{ id: string; dedupeKey: string; isDone: boolean; sealed: string }[]> {
  const all = statement('select id, dedupe_key, done_at, raw_sealed from inbox order by received_at, id')
  const rows = await world.x.store.read(() => query(all, {}))
  const mine = rows.filter((row) => text(row, 'dedupe_key').startsWith(idOf()))
  return mine.map((row) => ({
    id: text(row, 'id'),
    dedupeKey: text(row, 'dedupe_key'),
    isDone: row['done_at'] !== null,
    sealed: text(row, 'raw_sealed'),
  }))
}

/** The receipt must name the notification and carry our signature over its raw content. */
async function expectReceipt(response: Response, notifyId = idOf()): Promise<void> {
  const body = await response.text()
  expect([response.status, body.includes(notifyId)]).toEqual([200, true])
  const content = rawMember(body, 'rsp_biz_content') ?? ''
  expect(JSON.parse(content)).toEqual({ rsp_code: '0000', rsp_msg: 'SUCCESS', notify_id: notifyId })
  const { sign } = JSON.parse(body) as { sign: string }
  expect(pen.accepts(content, sign)).toBe(true)
}

/** Turned away as a problem, and nothing is stored or passed on. */
async function expectRefused(response: Response, status = 403, code = 'NOTIFICATION_REFUSED'): Promise<void> {
  expect([response.status, ((await response.json()) as Problem).code]).toEqual([status, code])
  expect(response.headers.get('content-type')).toContain('application/problem+json')
  expect(await inbox()).toEqual([])
}

/** An order whose lock is still PROCESSING at the bank, which has decided by now; answers the serial. */
async function undecidedLock(): Promise<{ visitNo: string; serial: string }> {
  const visitNo = `N${numbers}`
  world.sandbox.bank.faults.add({ api: 'lock', times: 1, kind: 'EXECUTE_THEN_PROCESSING', afterMs: 0 })
  await world.his().start(visitNo, '刘洋')
  await world.his().order(visitNo, { orderNo: `${visitNo}-1`, amountFen: 1_000 })
  const lock = world.sandbox.bank.locks().find((one) => one.orderNo === `${visitNo}-1`)
  return { visitNo, serial: lock?.serial ?? '' }
}
const paymentOf = async (visitNo: string) => (await world.his().visit(visitNo)).body.orders[0]?.payments[0]
const questions = (serial: string): number =>
  world.sandbox.bank.journal().filter((row) => row.api === 'postPayQuery' && row.serial === serial).length

describe('a pushed result', () => {
  it('makes the bank be asked at once, and the answer to that counts', async () => {
    const { visitNo, serial } = await undecidedLock()
    await world.pass(1_500)
    expect(questions(serial)).toBe(0)
    expect(await paymentOf(visitNo)).toMatchObject({ state: 'opening', certain: false })
    await expectReceipt(await push(pen.plain(contentOf('LOCK_RESULT', { mer_tran_no: serial }))))
    await world.rest()
    expect(questions(serial)).toBe(1)
    expect(await paymentOf(visitNo)).toMatchObject({ state: 'held', certain: true })
  })

  it('is not believed: what it says of state and amount changes nothing', async () => {
    const { visitNo, serial } = await undecidedLock()
    const lie = { mer_tran_no: serial, tran_state: 'FAIL', lock_amount: '0.01', tran_state_code: 'SBOX0004PL0103' }
    await expectReceipt(await push(pen.plain(contentOf('LOCK_RESULT', lie))))
    await world.pass(1_000)
    expect(await paymentOf(visitNo)).toMatchObject({ state: 'held', amountFen: 1_000 })
  })

  it.each([
    ['CONFIRM_RESULT', 'mer_tran_no'],
    ['CANCEL_RESULT', 'mer_tran_no'],
    ['PAY_RESULT', 'mer_tran_no'],
    ['LOCK_EXPIRED', 'mer_tran_no'],
    ['REFUND_RESULT', 'refund_mer_tran_no'],
  ])('%s is a hint about its %s', async (kind, member) => {
    const hint = hints()
    await expectReceipt(await push(pen.plain(contentOf(kind, { [member]: 'S1' }))))
    expect(hint.mock.calls).toEqual([['jc-first', 'credit', 'S1']])
  })

  it('about a serial that nobody knows is kept, acknowledged and changes nothing', async () => {
    await expectReceipt(await push(pen.plain(contentOf('LOCK_RESULT', { mer_tran_no: 'L20200101XX00000000000000' }))))
    expect(await inbox()).toMatchObject([{ isDone: true }])
  })

  it('that comes again, or twice at once, is acknowledged each time and kept once', async () => {
    const hint = hints()
    const body = pen.plain(contentOf('LOCK_RESULT', { mer_tran_no: 'S2' }))
    await expectReceipt(await push(body))
    for (const answer of await Promise.all([push(body), push(body), push(body)])) await expectReceipt(answer)
    expect(await inbox()).toHaveLength(1)
    expect(hint).toHaveBeenCalledTimes(1)
  })

  it('that is older than what is known moves nothing back', async () => {
    const { visitNo, serial } = await undecidedLock()
    await world.pass(minute)
    await world.his().finish(visitNo, { [`${visitNo}-1`]: 900 })
    await world.pass(minute)
    const settled = await paymentOf(visitNo)
    expect(settled).toMatchObject({ state: 'paid', paidFen: 900 })
    for (const [mark, kind] of [
      ['b', 'CONFIRM_RESULT'],
      ['c', 'LOCK_EXPIRED'],
      ['a', 'LOCK_RESULT'],
    ] as const) {
      const content = contentOf(kind, { notify_id: idOf(mark), mer_tran_no: serial, tran_state: 'FAIL' })
      await expectReceipt(await push(pen.plain(content)), idOf(mark))
    }
    await world.pass(minute)
    expect(await paymentOf(visitNo)).toEqual(settled)
  })
})

describe('the bank’s own push', () => {
  it('is understood, passed on and acknowledged to the bank’s satisfaction', async () => {
    const pushing = await World.start({ notifications: true })
    try {
      const { bank } = pushing.sandbox
      bank.faults.add({ api: 'lock', times: 1, kind: 'EXECUTE_THEN_PROCESSING', afterMs: 1_000 })
      await pushing.his().start('B1', '刘洋')
      await pushing.his().order('B1', { orderNo: 'B1-1', amountFen: 1_000 })
      await pushing.pass(1_500)
      await bank.notifications.deliverDue()
      await pushing.rest()
      expect(bank.notifications.log()).toMatchObject([{ type: 'LOCK_RESULT', attempt: 1, outcome: 'acked' }])
      expect((await pushing.his().visit('B1')).body.orders[0]?.payments[0]?.state).toBe('held')
    } finally {
      await pushing.close()
    }
  })
})

describe('a pushed sign-up or family event', () => {
  it.each(['SIGN_RESULT', 'SIGN_TERMINATED', 'FAMILY_CHANGED'])(
    '%s is opened, kept sealed, acknowledged, and nothing else',
    async (kind) => {
      const hint = hints()
      const { name, idNumber } = personNamed('陈静')
      const content = contentOf(kind, { cus_name: name, cert_no: idNumber, sign_status: 'SIGNED', mer_tran_no: 'S3' })
      const asked = world.sandbox.bank.journal().length
      for (const [body, mark] of [
        [pen.encrypted({ ...content, notify_id: idOf('b') }), 'b'],
        [pen.plain({ ...content, notify_id: idOf('a') }), 'a'],
      ] as const) {
        await expectReceipt(await push(body), idOf(mark))
      }
      expect(hint).not.toHaveBeenCalled()
      expect(world.sandbox.bank.journal().length).toBe(asked)
      const rows = await inbox()
      expect(rows.map((row) => row.isDone)).toEqual([true, true])
      const plain = rows.find((row) => row.dedupeKey === idOf('a'))
      expect(world.x.vault.openFor('inbox', plain?.id ?? '', plain?.sealed ?? '')).toContain(idNumber)
      const everything = world.databaseBytes().toString('utf8') + world.logLines.join('')
      for (const secret of [name, idNumber]) expect(everything).not.toContain(secret)
    },
  )
})

describe('a push is turned away', () => {
  const content = () => contentOf('LOCK_RESULT', { mer_tran_no: 'S4' })

  it('when somebody else signed it, openly or encrypted', async () => {
    const { gateway, gm } = generateSandboxKeys()
    const stranger = world.pen({ ...world.keys, gateway, gm: { ...world.keys.gm, gateway: gm.gateway } })
    await expectRefused(await push(stranger.plain(content())))
    await expectRefused(await push(stranger.encrypted(content())))
  })

  it('when a byte was changed on the way', async () => {
    await expectRefused(await push(pen.plain(content()).replace('SUCCESS', 'FAILURE')))
    await expectRefused(await push(pen.encrypted(content()).replace('"msg_id":"m1"', '"msg_id":"m2"')))
  })

  it('when it is about the merchant of another institution, whose message it then is', async () => {
    const body = pen.plain(content())
    await expectRefused(await push(body, 'yulin'))
    await expectReceipt(await push(body))
  })

  it('at an address that is nobody’s', async () => {
    await expectRefused(await push(pen.plain(content()), 'nowhere'), 404, 'ROUTE_NOT_FOUND')
    const read = await fetch(`${world.url}/bank/v1/notify/jc-first`)
    expect([read.status, read.headers.get('content-type')]).toEqual([404, 'application/problem+json; charset=utf-8'])
  })

  it.each(['', 'nonsense', '{}', '[]', 'null', '{"notify_biz_content":{},"sign":""}'])(
    'when it is %j',
    async (body) => {
      await expectRefused(await push(body))
    },
  )

  it('when it is signed and no notification', async () => {
    await expectRefused(await push(pen.plain({ biz_state: 'S', rsp_body: {} })))
  })

  it('when it is too large, before it is read to the end', async () => {
    const large = pen.plain({ ...content(), padding: 'x'.repeat(10 * 1024 * 1024) })
    await expectRefused(await push(large), 413, 'REQUEST_TOO_LARGE')
  })
})

describe('a process that dies between keeping a push and passing it on', () => {
  const body = () => pen.plain(contentOf('LOCK_RESULT', { mer_tran_no: 'S5' }))
  async function dies(): Promise<void> {
    hints().mockRejectedValueOnce(new Error('died'))
    expect((await push(body())).status).toBe(500)
    expect(await inbox()).toMatchObject([{ isDone: false }])
  }

  it('passes it on when the bank sends it again', async () => {
    await dies()
    const hint = hints().mockClear()
    await expectReceipt(await push(body()))
    expect(hint.mock.calls).toEqual([['jc-first', 'credit', 'S5']])
    expect(await inbox()).toMatchObject([{ isDone: true }])
  })

  it('passes it on when it starts again, once', async () => {
    await dies()
    const hint = hints().mockClear()
    await resumeInbox(world.x)
    await resumeInbox(world.x)
    expect(hint.mock.calls).toEqual([['jc-first', 'credit', 'S5']])
    expect(await inbox()).toMatchObject([{ isDone: true }])
  })
})
