import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { registerVaccination } from '../sandbox/hospital/vaccination-desk.ts'
import { World } from '../world/world.ts'

let world: World
beforeAll(async () => {
  world = await World.start()
})
afterEach(() => world.sandbox.bank.faults.clear())
afterAll(async () => {
  expect(world.sandbox.bank.invariants()).toEqual({ ok: true, violations: [] })
  await world.close()
})

const hospital = () => world.sandbox.hospital.at('jc-first')

/** 登记台 → bill of the vaccine, as the hospital's staff does it. */
async function vaccinated(name: string, amountFen: number) {
  const patient = hospital()
    .patients()
    .find((one) => one.name === name)
  const { visitNo } = registerVaccination(hospital(), patient?.patientNo ?? '')
  const asked = await hospital().askCredit(visitNo)
  await hospital().startVisit(visitNo, true)
  const { orderNo } = await hospital().order(visitNo, { title: '疫苗收费单', amountFen })
  const order = () =>
    world
      .his()
      .visit(visitNo)
      .then(({ body }) => body.orders[0])
  const lock = () => world.sandbox.bank.locks().find((one) => one.orderNo === orderNo)
  return { visitNo, orderNo, prompt: asked.credit?.prompt, order, lock }
}

describe('a vaccination', () => {
  it('opens the door once its bill is locked, is deducted at its end, and goes to the bank as one', async () => {
    const { visitNo, orderNo, prompt, order, lock } = await vaccinated('刘洋', 3_000)
    expect(prompt).toBe('您已签约“信用就医”，请确认本次挂号费用及后续可能产生医疗费用是否使用“信用就医”额度进行支付')
    expect(await order()).toMatchObject({ mayEnter: true, payments: [{ state: 'held' }] })
    expect(lock()).toMatchObject({ bizScene: 'VACC', state: 'LOCKED' })
    await hospital().finish(visitNo, { [orderNo]: 3_000 })
    expect((await world.his().visit(visitNo)).body).toMatchObject({ kind: 'vaccination', totals: { paidFen: 3_000 } })
    expect(lock()).toMatchObject({ state: 'CONFIRMED', confirmedFen: 3_000 })
  })

  it('keeps the door shut while the answer about the lock is missing', async () => {
    world.sandbox.bank.faults.add({ api: 'lock', times: 1, kind: 'EXECUTE_THEN_DROP' })
    const { order } = await vaccinated('刘洋', 500)
    expect(await order()).toMatchObject({ mayEnter: false, payments: [{ state: 'opening', certain: false }] })
    await world.pass(60_000)
    expect(await order()).toMatchObject({ mayEnter: true, payments: [{ state: 'held', certain: true }] })
  })

  it('over the quota keeps the door shut and says why', async () => {
    const { order } = await vaccinated('刘洋', 900_000_000)
    expect(await order()).toMatchObject({
      mayEnter: false,
      payments: [{ state: 'declined', reason: { code: 'SBOX0004PL0103' } }],
    })
  })

  it('shuts the door again when the bill is taken back or becomes dearer than the quota', async () => {
    const { visitNo, orderNo, order } = await vaccinated('刘洋', 500)
    await hospital().raise(visitNo, orderNo, { title: '加项', amountFen: 900_000_000 })
    expect((await order())?.mayEnter).toBe(false)
    await hospital().cancel(visitNo, orderNo)
    expect((await order())?.mayEnter).toBe(false)
  })

  it('stands in the patient’s fee detail like a visit, and says what it was for', async () => {
    const { visitNo } = await vaccinated('刘洋', 700)
    const app = await world.signIn('oDemo-liuyang')
    const [card] = (await app.call('listCards')).cards
    const { visits } = await app.call('listVisits', { query: { cardId: card?.id ?? '', filter: 'all' } })
    const mine = visits.find((one) => one.kind === 'vaccination' && one.totals.lockedFen === 700)
    expect(mine).toBeDefined()
    const fees = await app.call('readVisitFees', { params: { visitId: mine?.id ?? '' } })
    expect(fees).toMatchObject({ totalFen: 700, visit: { kind: 'vaccination' } })
    expect(visitNo).toMatch(/^JC/)
  })
})

describe('a visit of any other kind', () => {
  it('has no door', async () => {
    const { body } = await world.his().start('D1', '刘洋')
    expect(body).toMatchObject({ kind: 'outpatient', guideSheet: { mark: '信用就医', totalFen: 0 } })
    const order = await world.his().order('D1', { orderNo: 'D1-1', amountFen: 400 })
    expect(order.body).toMatchObject({
      order: { mayEnter: null },
      prompt: '患者本次使用“信用就医”额度支付总费用',
      totalFen: 400,
    })
  })

  it('prints mark, sentence and amount on the guide sheet; without “信用就医” nothing', async () => {
    await world.his().start('D2', '陈果')
    await world.his().order('D2', { orderNo: 'D2-1', amountFen: 300 })
    expect((await world.his().visit('D2')).body.guideSheet).toEqual({
      mark: '亲情付',
      prompt: '患者本次使用“信用就医”额度支付总费用',
      totalFen: 300,
    })
    expect((await world.his().start('D3', '李晓')).body.guideSheet).toBeNull()
    const refused = await world.his().order('D2', { orderNo: 'D2-2', amountFen: 900_000_000 })
    expect(refused.body).toMatchObject({ prompt: '患者本次使用“信用就医”额度支付总费用', totalFen: 300 })
  })
})
