import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { freeSlots, hospitalWorld, MORNING } from './fixture.ts'

const counted = z.looseObject({ leftCount: z.int() })
const listAnswer = z.object({ departments: z.array(counted) })
const session = counted.extend({ slots: z.array(z.looseObject({ isFree: z.boolean() })) })
const scheduleAnswer = z.object({
  department: counted,
  days: z.array(counted),
  doctors: z.array(z.looseObject({ sessions: z.array(session) })),
})
const slotAnswer = z.looseObject({ isFree: z.boolean(), startsAt: z.iso.datetime({ offset: true }) })
const isoTime = expect.stringMatching(/^2026-11-2\dT\d\d:\d\d:00\.000\+08:00$/)

describe('what can be booked', () => {
  it('is listed by department, by doctor and by slot, and the counts agree', async () => {
    const { ask } = hospitalWorld()
    const { departments } = listAnswer.parse(await (await ask('/departments')).json())
    expect(departments).toHaveLength(12)
    expect(departments[0]).toEqual({
      departmentNo: 'D01',
      name: '消化内科',
      place: '门诊楼 3 楼 A 区',
      words: expect.arrayContaining(['胃', '反酸']),
      leftCount: expect.any(Number),
    })
    const { department, days, doctors } = scheduleAnswer.parse(await (await ask('/departments/D01/schedule')).json())
    expect(department).toEqual(departments[0])
    const sessions = doctors.flatMap((one) => one.sessions)
    const sum = (rows: readonly { leftCount: number }[]) => rows.reduce((total, one) => total + one.leftCount, 0)
    expect([sum(days), sum(sessions)]).toEqual([department.leftCount, department.leftCount])
    for (const { leftCount, slots } of sessions) {
      expect(slots.filter((slot) => slot.isFree)).toHaveLength(leftCount)
    }
    expect(doctors[0]).toMatchObject({ doctorNo: 'D0101', name: '周明远', title: '副主任医师' })
    expect(sessions[0]).toMatchObject({
      sessionNo: 'D0101-20261121-am',
      day: '20261121',
      period: 'am',
      priceFen: 2_200,
    })
    expect(sessions[0]?.slots[0]).toEqual({
      slotNo: 'D0101-20261121-am-01',
      startsAt: '2026-11-21T08:30:00.000+08:00',
      endsAt: '2026-11-21T08:45:00.000+08:00',
      isFree: false,
    })
  })

  it('tells one slot with all that a checkout needs', async () => {
    const { ask } = hospitalWorld()
    expect(await (await ask('/slots/D0101-20261122-am-01')).json()).toEqual({
      slotNo: 'D0101-20261122-am-01',
      sessionNo: 'D0101-20261122-am',
      departmentNo: 'D01',
      department: '消化内科',
      place: '门诊楼 3 楼 A 区',
      doctorNo: 'D0101',
      doctor: '周明远',
      doctorTitle: '副主任医师',
      startsAt: '2026-11-22T08:30:00.000+08:00',
      endsAt: isoTime,
      priceFen: 2_200,
      cancelUntil: '2026-11-22T08:00:00.000+08:00',
      isFree: expect.any(Boolean),
    })
  })

  it('answers 404 for what does not exist and nothing without the token', async () => {
    const { ask, app } = hospitalWorld()
    expect((await ask('/departments/D99/schedule')).status).toBe(404)
    expect((await ask('/slots/D0101-20261122-am-99')).status).toBe(404)
    expect((await ask('/registrations/reg_1')).status).toBe(404)
    for (const path of ['departments', 'slots/x', 'registrations/x']) {
      expect((await app.request(`/jc-first/his/api/${path}`)).status).toBe(401)
    }
  })

  it('counts a reserved slot as gone until its time is over', async () => {
    const world = hospitalWorld()
    const { ask, clock } = world
    const slotNo = freeSlots(world).flat().at(-1)
    const look = async () => slotAnswer.parse(await (await ask(`/slots/${slotNo}`)).json())
    const left = async () => listAnswer.parse(await (await ask('/departments')).json()).departments[0]?.leftCount ?? 0
    const before = await left()
    await ask('/registrations/reg_1/reserve', { slotNo, patientNo: 'JC00010029' })
    expect([await left(), (await look()).isFree]).toEqual([before - 1, false])
    clock.set(MORNING + 15 * 60_000 - 1)
    expect((await look()).isFree).toBe(false)
    clock.set(MORNING + 15 * 60_000)
    expect((await look()).isFree).toBe(true)
  })
})
