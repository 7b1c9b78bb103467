import { beforeEach, describe, expect, it } from 'vitest'
import { freeSlots, hospitalWorld, MORNING } from './fixture.ts'

const QUARTER_MS = 15 * 60_000
const FEE = 2_200
const TODAY = '20261121'
const NEWCOMER = 'JC00010029'
const TEACHER = 'JC00010030'
const returnUrl = 'http://product.test/packages/register/status/index?id=1'

let world: ReturnType<typeof hospitalWorld>
/** Two free slots of one session of tomorrow, and one of another. */
let slots: [string, string, string]

const iso = (atMs: number) => new Date(atMs + 8 * 3_600_000).toISOString().replace('Z', '+08:00')
const say = async (no: string, call: string, body: object = {}): Promise<unknown> => {
  const response = await world.ask(`/registrations/${no}/${call}`, body)
  return response.status === 200 ? response.json() : response.status
}
const look = async (no: string): Promise<unknown> => {
  const response = await world.ask(`/registrations/${no}`)
  return response.status === 200 ? response.json() : response.status
}
const reserve = (no: string, patientNo = NEWCOMER, slotNo = slots[0]) => say(no, 'reserve', { slotNo, patientNo })
const book = (no: string, amountFen = FEE) => say(no, 'book', { channel: 'credit', amountFen, mark: '信用就医' })
const paid = (no: string) => say(no, 'paid', { amountFen: FEE, paymentNo: 'P1', acctDate: '20261121' })
const desk = (no: string) => say(no, 'desk', { returnUrl })
const cancel = (no: string) => say(no, 'cancel')
const isFree = (slotNo = slots[0]) => {
  const place = world.hospital.slots.find(slotNo)
  return place !== null && world.hospital.slots.isFree(place.slot)
}
const payAtDesk = (no: string) => {
  const token = world.hospital.registrations.find(no)?.desk?.token
  return world.app.request(`/jc-first/desk/${token}/pay`, { method: 'POST' })
}

beforeEach(() => {
  world = hospitalWorld()
  const [first, second] = freeSlots(world).filter((one) => one.length >= 2 && !one[0]?.includes(TODAY))
  const [a, b, c] = [first?.[0], first?.[1], second?.[0]]
  if (!a || !b || !c) throw new Error('the timetable has too few free slots')
  slots = [a, b, c]
})

describe('a reservation', () => {
  it('holds the slot for 15 minutes, and the same message again changes nothing', async () => {
    const document = {
      registrationNo: 'reg_1',
      state: 'reserved',
      reason: null,
      slotNo: slots[0],
      amountFen: FEE,
      reservedUntil: iso(MORNING + QUARTER_MS),
      payment: 'none',
      payUrl: null,
      payUntil: null,
      guide: null,
      visitNo: null,
    }
    expect(await reserve('reg_1')).toEqual(document)
    world.clock.advance(60_000)
    expect(await reserve('reg_1')).toEqual(document)
    expect(await look('reg_1')).toEqual(document)
    expect(isFree()).toBe(false)
  })

  it('lapses on time, for good, and frees the slot', async () => {
    await reserve('reg_1')
    world.clock.advance(QUARTER_MS - 1)
    expect(await look('reg_1')).toMatchObject({ state: 'reserved' })
    world.clock.advance(1)
    expect(isFree()).toBe(true)
    expect(await look('reg_1')).toMatchObject({ state: 'lapsed', reservedUntil: null })
    expect(await reserve('reg_1')).toMatchObject({ state: 'lapsed' })
    expect(isFree()).toBe(true)
  })

  it('is refused for good when the slot is taken, unknown or begun, or the patient is unknown', async () => {
    await reserve('reg_1')
    expect(await reserve('reg_2', TEACHER)).toMatchObject({
      state: 'refused',
      reason: 'SLOT_TAKEN',
      reservedUntil: null,
    })
    expect(await reserve('reg_3', TEACHER, 'nowhere')).toMatchObject({ state: 'refused', reason: 'SLOT_UNKNOWN' })
    expect(await reserve('reg_4', 'nobody')).toMatchObject({ state: 'refused', reason: 'PATIENT_UNKNOWN' })
    expect(await reserve('reg_5', TEACHER, 'D0101-20261121-am-01')).toMatchObject({ reason: 'SLOT_TAKEN' })
    await cancel('reg_1')
    expect(await reserve('reg_2', TEACHER)).toMatchObject({ state: 'refused', reason: 'SLOT_TAKEN' })
    expect(await book('reg_2')).toMatchObject({ state: 'refused' })
    expect(await cancel('reg_2')).toMatchObject({ state: 'refused', reason: 'SLOT_TAKEN' })
  })

  it('of the same session by the same patient is a duplicate while the other one lives', async () => {
    await reserve('reg_1')
    expect(await reserve('reg_2', NEWCOMER, slots[1])).toMatchObject({ state: 'refused', reason: 'DUPLICATE' })
    expect(await reserve('reg_3', TEACHER, slots[1])).toMatchObject({ state: 'reserved' })
    expect(await reserve('reg_4', NEWCOMER, slots[2])).toMatchObject({ state: 'reserved' })
    await cancel('reg_3')
    await book('reg_1')
    expect(await reserve('reg_5', NEWCOMER, slots[1])).toMatchObject({ reason: 'DUPLICATE' })
    await cancel('reg_1')
    expect(await reserve('reg_6', NEWCOMER, slots[1])).toMatchObject({ state: 'reserved' })
  })
})

describe('a booking on credit', () => {
  it('comes with the guide sheet, keeps the slot for good, and the same message again changes nothing', async () => {
    await reserve('reg_1')
    const booked = await book('reg_1')
    const startsAtMs = world.hospital.slots.find(slots[0])?.slot.startsAtMs ?? 0
    expect(booked).toMatchObject({
      state: 'booked',
      payment: 'credit',
      reservedUntil: null,
      visitNo: null,
      guide: {
        bookingNo: expect.stringMatching(/^\d{13}$/),
        queueNo: expect.stringMatching(/^[AP]\d\d$/),
        place: '门诊楼 3 楼 A 区',
        arriveFrom: iso(startsAtMs - 2 * QUARTER_MS),
        arriveUntil: iso(startsAtMs),
        notes: expect.arrayContaining([expect.stringContaining('身份证'), expect.stringContaining('空腹')]),
      },
    })
    world.clock.advance(QUARTER_MS)
    expect(await book('reg_1')).toEqual(booked)
    expect(await reserve('reg_1')).toEqual(booked)
    expect(isFree()).toBe(false)
  })

  it('is done with a lapsed reservation while its slot is free', async () => {
    await reserve('reg_1')
    world.clock.advance(QUARTER_MS)
    expect(await book('reg_1')).toMatchObject({ state: 'booked', payment: 'credit' })
    expect(isFree()).toBe(false)
  })

  it('is not done with a lapsed one whose slot went to somebody else', async () => {
    await reserve('reg_1')
    world.clock.advance(QUARTER_MS)
    await reserve('reg_2', TEACHER)
    expect(await book('reg_1')).toMatchObject({ state: 'lapsed', payment: 'none', guide: null })
    expect(await look('reg_2')).toMatchObject({ state: 'reserved' })
  })

  it('is not done with a lapsed one whose patient has another of the same session by now', async () => {
    await reserve('reg_1')
    world.clock.advance(QUARTER_MS)
    await reserve('reg_2', NEWCOMER, slots[1])
    expect(await book('reg_1')).toMatchObject({ state: 'lapsed' })
    expect(isFree()).toBe(true)
    await cancel('reg_2')
    expect(await book('reg_1')).toMatchObject({ state: 'booked' })
  })

  it('takes the exact fee only', async () => {
    await reserve('reg_1')
    expect(await book('reg_1', FEE - 1)).toBe(409)
    expect(await look('reg_1')).toMatchObject({ state: 'reserved', payment: 'none' })
  })

  it('becomes paid once, after it was booked', async () => {
    await reserve('reg_1')
    expect(await paid('reg_1')).toMatchObject({ state: 'reserved', payment: 'none' })
    await book('reg_1')
    expect(await paid('reg_1')).toMatchObject({ state: 'booked', payment: 'creditPaid' })
    expect(await paid('reg_1')).toMatchObject({ payment: 'creditPaid' })
    expect(await book('reg_1')).toMatchObject({ payment: 'creditPaid' })
  })
})

describe('a cancellation', () => {
  it('is final, frees the slot, and is answered the same for ever', async () => {
    await reserve('reg_1')
    const cancelled = await cancel('reg_1')
    expect(cancelled).toMatchObject({ state: 'cancelled', reason: null, reservedUntil: null })
    expect(isFree()).toBe(true)
    for (const late of [reserve, book, paid, desk, cancel]) expect(await late('reg_1')).toEqual(cancelled)
    expect(isFree()).toBe(true)
  })

  it('of a number never seen keeps a reservation and a booking that arrive later from doing anything', async () => {
    const tombstone = await cancel('reg_1')
    expect(tombstone).toMatchObject({ registrationNo: 'reg_1', state: 'cancelled', reason: null, guide: null })
    expect(await reserve('reg_1')).toEqual(tombstone)
    expect(await book('reg_1')).toEqual(tombstone)
    expect(await look('reg_1')).toEqual(tombstone)
    expect(isFree()).toBe(true)
    expect(world.hospital.laterVisits()).toEqual([])
  })

  it('keeps a lapsed reservation from being booked after all', async () => {
    await reserve('reg_1')
    world.clock.advance(QUARTER_MS)
    expect(await cancel('reg_1')).toMatchObject({ state: 'cancelled' })
    expect(await book('reg_1')).toMatchObject({ state: 'cancelled' })
    expect(isFree()).toBe(true)
  })

  it('does not free a slot that belongs to somebody else by now', async () => {
    await reserve('reg_1')
    world.clock.advance(QUARTER_MS)
    await reserve('reg_2', TEACHER)
    await cancel('reg_1')
    expect(isFree()).toBe(false)
    expect(await look('reg_2')).toMatchObject({ state: 'reserved' })
  })

  it('of a booking is done while the amount is only locked, not once it is paid from the quota', async () => {
    await reserve('reg_1')
    await book('reg_1')
    expect(await cancel('reg_1')).toMatchObject({ state: 'cancelled', guide: null })
    expect(isFree()).toBe(true)
    await reserve('reg_2')
    await book('reg_2')
    await paid('reg_2')
    expect(await cancel('reg_2')).toMatchObject({ state: 'booked', payment: 'creditPaid', reason: null })
    expect(isFree()).toBe(false)
  })

  it('of what was paid at the desk is left to the window', async () => {
    await reserve('reg_1')
    await desk('reg_1')
    await payAtDesk('reg_1')
    expect(await cancel('reg_1')).toMatchObject({ state: 'booked', payment: 'desk', reason: 'PAID_AT_DESK' })
    expect(await look('reg_1')).toMatchObject({ state: 'booked', reason: null })
  })

  it('comes too late once the consultation has begun, be it answered or not', async () => {
    await reserve('reg_1')
    await book('reg_1')
    const visit = await world.hospital.startRegistered('reg_1')
    expect(visit.state).toBe('waiting')
    expect(await cancel('reg_1')).toMatchObject({ state: 'booked', reason: 'STARTED', visitNo: visit.visitNo })
  })
})

describe('a message about nothing', () => {
  it('is answered 404, unless it reserves or cancels', async () => {
    for (const call of [book, paid, desk, look]) expect(await call('reg_1')).toBe(404)
  })

  it('is answered 400 when it cannot be read', async () => {
    expect(await say('reg_1', 'reserve', { slotNo: slots[0] })).toBe(400)
    expect(await cancel('a'.repeat(33))).toBe(400)
  })
})
