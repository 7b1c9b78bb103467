import { beforeEach, describe, expect, it } from 'vitest'
import { freeSlots, hospitalWorld, json, visitView, type Reply } from './fixture.ts'

const DAY_MS = 86_400_000
const willing: Reply = ({ path, body }) => {
  const visitNo = path === '/visits' && body instanceof Object && 'visitNo' in body ? String(body.visitNo) : ''
  return json(visitView(visitNo || path.split('/').slice(-1).join('')))
}

let world: ReturnType<typeof hospitalWorld>

const form = (values: Record<string, string>) => ({ method: 'POST', body: new URLSearchParams(values) })
const page = async (query = '') => (await world.app.request(`/jc-first/doctor${query}`)).text()

/** Books the first free slot of a day and tells its visit. */
async function book(no: string, day: string, mark = '信用就医') {
  const slotNo = freeSlots(world)
    .flat()
    .find((one) => one.includes(day))
  await world.ask(`/registrations/${no}/reserve`, { slotNo, patientNo: 'JC00010031' })
  await world.ask(`/registrations/${no}/book`, { channel: 'credit', amountFen: 2_200, mark })
  const all = [...world.hospital.visits(), ...world.hospital.laterVisits()]
  const visit = all.find((one) => one.booking?.registrationNo === no)
  if (!visit) throw new Error(`${no} is not on the list`)
  return visit
}

beforeEach(() => {
  world = hospitalWorld(willing)
})

describe('a booking on the doctor’s list', () => {
  it('waits among today’s patients with its mark, its number and how the fee is paid', async () => {
    const visit = await book('reg_1', '20261121', '亲情付')
    expect(world.hospital.visits()).toContain(visit)
    expect(visit.visitNo).toMatch(/^JC20261121\d{4}$/)
    const list = await page()
    expect(list).toMatch(/张蕾[\s\S]*<span class="mark">亲情付<\/span>/)
    const shown = await page(`?visit=${visit.visitNo}`)
    expect(shown).toContain('挂号费 ¥22.00，“信用就医”额度已锁定')
    expect(shown).toContain(visit.booking?.guide?.queueNo ?? 'no guide')
    expect(shown).not.toContain('收费窗口询问患者')
    expect(world.calls).toEqual([])
  })

  it('stands under a later day until that day comes', async () => {
    const visit = await book('reg_1', '20261123')
    expect(world.hospital.visits()).not.toContain(visit)
    expect(await page()).toMatch(/之后的预约[\s\S]*张蕾[\s\S]*已预约/)
    world.clock.advance(2 * DAY_MS)
    expect(world.hospital.visits()).toContain(visit)
    expect(world.hospital.laterVisits()).toEqual([])
  })

  it('goes when the booking is cancelled, and its number is given to nobody else', async () => {
    const first = await book('reg_1', '20261121')
    await world.ask('/registrations/reg_1/cancel', {})
    expect(world.hospital.visits()).not.toContain(first)
    const second = await book('reg_2', '20261121')
    expect(second.visitNo).not.toBe(first.visitNo)
  })

  it('has no mark when the fee was paid at the desk', async () => {
    const visit = await book('reg_1', '20261121')
    await world.ask('/registrations/reg_1/desk', { returnUrl: 'http://product.test/' })
    const token = world.hospital.registrations.find('reg_1')?.desk?.token
    await world.app.request(`/jc-first/desk/${token}/pay`, { method: 'POST' })
    const shown = await page(`?visit=${visit.visitNo}`)
    expect(shown).toContain('已在网上普通支付')
    expect(shown).not.toContain('class="mark"')
  })
})

describe('the consultation of a booking', () => {
  it('is started with the number of the registration and without asking at the window', async () => {
    const { visitNo } = await book('reg_1', '20261121')
    await world.app.request('/jc-first/doctor/start', form({ visit: visitNo, registration: 'reg_1' }))
    expect(world.calls[0]).toMatchObject({
      path: '/visits',
      body: { visitNo, registrationNo: 'reg_1', patient: { patientNo: 'JC00010031' }, department: '消化内科' },
    })
    expect(world.calls[0]?.body).not.toHaveProperty('useCredit')
    expect(await page(`?visit=${visitNo}`)).toContain('该患者本次就诊已确认使用“信用就医”服务')
  })

  it('can be started before its day, and shows among today’s patients from then on', async () => {
    const { visitNo } = await book('reg_1', '20261123')
    const start = () =>
      world.app.request('/jc-first/actions/start-registered', {
        method: 'POST',
        body: JSON.stringify({ registrationNo: 'reg_1' }),
      })
    expect(await (await start()).json()).toMatchObject({
      visitNo,
      state: 'open',
      booking: { registrationNo: 'reg_1', payment: 'credit', mark: '信用就医', amountFen: 2_200 },
    })
    expect(world.hospital.visits().map((one) => one.visitNo)).toContain(visitNo)
    expect(await (await world.ask('/registrations/reg_1')).json()).toMatchObject({ visitNo })
    expect((await start()).status).toBe(409)
  })

  it('is not started as at the window, nor without a booking', async () => {
    const { visitNo } = await book('reg_1', '20261121')
    await expect(world.hospital.startVisit(visitNo, true)).rejects.toThrow('网上预约')
    await expect(world.hospital.startRegistered('reg_2')).rejects.toThrow('没有预约')
    expect(world.calls).toEqual([])
  })

  it('asks patients of the window as before', async () => {
    await world.hospital.startVisit('JC202611210001', false)
    expect(world.calls[0]?.body).toMatchObject({ useCredit: false })
    expect(world.calls[0]?.body).not.toHaveProperty('registrationNo')
  })

  it('that the product refuses can be cancelled', async () => {
    world = hospitalWorld(() => json({ code: 'NOT_BOOKED', detail: '没有这个预约' }, 422))
    await book('reg_1', '20261121')
    await world.hospital.startRegistered('reg_1')
    expect(await (await world.ask('/registrations/reg_1/cancel', {})).json()).toMatchObject({ state: 'cancelled' })
  })
})
