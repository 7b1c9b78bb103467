import { randomUUID } from 'node:crypto'
import type { HisVisit, HisWindowRegistration, Problem, PutWindowRegistration } from '@paycare/shared/contract'
import { errorTexts } from '@paycare/shared/text'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { personNamed } from '../world/his-client.ts'
import { World } from '../world/world.ts'

let world: World
let count = 0
let no = ''
beforeAll(async () => {
  world = await World.start()
})
beforeEach(() => {
  count += 1
  no = `G${count}`
})
afterEach(() => world.sandbox.bank.faults.clear())
afterAll(async () => {
  expect(world.sandbox.bank.invariants()).toEqual({ ok: true, violations: [] })
  await world.close()
})

const his = () => world.his()
const locks = () => world.sandbox.bank.locks().filter((lock) => lock.orderNo === no)
const asked = () => world.sandbox.bank.journal().length

function body(name: string, more: Partial<PutWindowRegistration> = {}): PutWindowRegistration {
  const { idNumber, visits } = personNamed(name)
  const patient = { patientNo: visits[0]?.patientNo ?? 'P1', name, idType: '01', idNumber } as const
  return { patient, feeFen: 2_200, department: '内科', cashierNo: 'S01', useCredit: true, ...more }
}
const put = (name: string, more: Partial<PutWindowRegistration> = {}) =>
  his().call<HisWindowRegistration>('PUT', `/window-registrations/${no}`, body(name, more))
const read = () => his().call<HisWindowRegistration>('GET', `/window-registrations/${no}`)
const cancel = () => his().call<HisWindowRegistration & Problem>('POST', `/window-registrations/${no}/cancel`)

describe('the cashier’s confirmation', () => {
  it('takes the fee from the quota at once, as a registration fee, and answers mark and state', async () => {
    const { status, body: answer } = await put('刘洋')
    expect([status, answer]).toMatchObject([
      200,
      {
        windowRegistrationNo: no,
        feeFen: 2_200,
        paidFen: 2_200,
        credit: { inUse: true, mark: '信用就医', reason: null },
        payment: { state: 'paid', certain: true, paidFen: 2_200 },
        visitNo: null,
      },
    ])
    expect(locks()).toMatchObject([{ state: 'CONFIRMED', confirmedFen: 2_200, bizScene: 'OUTP_REG' }])
    expect((await read()).body).toEqual(answer)
  })

  it('told twice, and several times at once, is one registration', async () => {
    const answers = await Promise.all([put('刘洋'), put('刘洋'), put('刘洋')])
    expect(answers.map((one) => one.status)).toEqual([200, 200, 200])
    expect((await put('刘洋')).body.payment?.state).toBe('paid')
    expect(locks()).toHaveLength(1)
  })

  it('with another content under the same number is refused', async () => {
    await put('刘洋')
    const { status, body: answer } = await put('刘洋', { feeFen: 2_300 })
    expect([status, answer]).toMatchObject([422, { code: 'WINDOW_REGISTRATION_CHANGED' }])
    expect(locks().map((lock) => lock.amountFen)).toEqual([2_200])
  })

  it('marks a child on the mother’s quota 亲情付', async () => {
    expect((await put('陈果', { feeFen: 300 })).body.credit.mark).toBe('亲情付')
  })

  it('over the quota says so with the code, and the cashier takes another way', async () => {
    const { body: answer } = await put('赵桂兰', { feeFen: 900_000_000 })
    const reason = { code: 'SBOX0004PL0103', text: errorTexts.SBOX0004PL0103 }
    expect(answer).toMatchObject({ paidFen: 0, payment: { state: 'declined', certain: true, reason } })
  })

  it('while the bank does not answer is under way, and ends by itself', async () => {
    world.sandbox.bank.faults.add({ api: 'lock', times: 1, kind: 'EXECUTE_THEN_DROP' })
    expect((await put('刘洋')).body.payment).toMatchObject({ state: 'opening', certain: false })
    await world.pass(60_000)
    expect((await read()).body).toMatchObject({ paidFen: 2_200, payment: { state: 'paid', certain: true } })
    expect(locks()).toHaveLength(1)
  })
})

describe('a patient at the window', () => {
  it('who is not signed goes the ordinary way', async () => {
    const { body: answer } = await put('李晓')
    expect(answer).toMatchObject({ payment: null, credit: { inUse: false, reason: { code: 'CREDIT_NOT_SIGNED' } } })
  })

  it('who does not want it is not asked about at the bank', async () => {
    const before = asked()
    const { body: answer } = await put('刘洋', { useCredit: false })
    expect(answer).toMatchObject({ payment: null, credit: { inUse: false, reason: { code: 'CREDIT_OPTED_OUT' } } })
    expect(asked()).toBe(before)
  })

  it('while the bank is silent has no registration yet; asked again there is one', async () => {
    world.sandbox.bank.faults.add({ api: 'querySign', times: 1, kind: 'DROP_BEFORE' })
    const silent = await put('刘洋')
    expect([silent.status, silent.body]).toMatchObject([503, { code: 'CREDIT_SILENT' }])
    expect((await read()).status).toBe(404)
    expect((await put('刘洋')).body.payment?.state).toBe('paid')
  })
})

describe('a cancellation at the window', () => {
  it('before the fee is confirmed releases the lock', async () => {
    world.sandbox.bank.faults.add({ api: 'confirm', times: 1, kind: 'DROP_BEFORE' })
    await put('刘洋')
    expect((await read()).body.payment?.state).toBe('held')
    await cancel()
    await world.pass(20 * 60_000)
    expect((await read()).body).toMatchObject({ paidFen: 0, payment: { state: 'released', certain: true } })
    expect(locks()).toMatchObject([{ state: 'CANCELLED' }])
    expect((await cancel()).status).toBe(200)
  })

  it('after it is refused and names the refund', async () => {
    await put('刘洋')
    const { status, body: answer } = await cancel()
    expect([status, answer.code, answer.detail]).toEqual([
      409,
      'WINDOW_REGISTRATION_PAID',
      errorTexts.WINDOW_REGISTRATION_PAID,
    ])
    expect(answer.detail).toContain('退款')
  })

  it('of a number that nobody has, or another institution has, is told so', async () => {
    await put('刘洋')
    const other = world.his('yulin')
    for (const answer of [
      await other.call<Problem>('POST', `/window-registrations/${no}/cancel`),
      await other.call<Problem>('GET', `/window-registrations/${no}`),
      await his().call<Problem>('GET', '/window-registrations/none'),
    ])
      expect([answer.status, answer.body.code]).toEqual([404, 'WINDOW_REGISTRATION_NOT_FOUND'])
  })
})

describe('the visit that follows', () => {
  const start = (more: object, name = '刘洋') =>
    his().call<HisVisit & Problem>('POST', '/visits', {
      visitNo: `V-${no}`,
      patient: body(name).patient,
      department: '内科',
      doctor: '罗雪',
      startedAt: '2026-11-21T10:00:00+08:00',
      windowRegistrationNo: no,
      ...more,
    })

  it('takes over what was answered at the window, and the fee', async () => {
    await put('刘洋')
    expect((await start({})).body.credit).toEqual({ inUse: true, mark: '信用就医', reason: null })
    expect((await read()).body.visitNo).toBe(`V-${no}`)
  })

  it('does not use the quota when the fee was refused, unless the patient says so again', async () => {
    await put('赵桂兰', { feeFen: 900_000_000 })
    expect((await start({}, '赵桂兰')).body.credit.inUse).toBe(false)
    expect((await start({ visitNo: randomUUID().slice(0, 8), useCredit: true }, '赵桂兰')).status).toBe(409)
  })

  it('cannot name somebody else’s registration, nor two kinds of them', async () => {
    await put('刘洋')
    const other = await start({}, '赵桂兰')
    expect([other.status, other.body.code]).toEqual([404, 'WINDOW_REGISTRATION_NOT_FOUND'])
    expect((await start({ registrationNo: 'reg_1' })).status).toBe(422)
  })
})
