import type { Registration } from '@paycare/shared/contract'
import { RegistrationDesk } from '../../journeys/registration-desk.ts'
import { personNamed } from '../../world/his-client.ts'
import type { World } from '../../world/world.ts'
import { seedPeople } from '../../sandbox/index.ts'
import { accountOf } from '../clinic.ts'
import type { Seeded } from './seeded.ts'

const minute = 60_000

const hospitalOf = (world: World) => world.sandbox.hospital.at('jc-first')

/** Registrations in every state that the patient can meet, and a timetable with gaps. */
export async function seedRegistrations(world: World): Promise<Seeded> {
  const chen = await accountOf(world, '陈静')
  const zhang = await accountOf(world, '张为民')
  const lei = await accountOf(world, '张蕾')
  const sun = await accountOf(world, '孙长贵')
  const { name, idNumber } = personNamed('陈果')
  await chen.call('bindCard', { body: { institution: 'jc-first', name, idNumber, relation: 'family' } })
  const family = (await chen.call('listCards')).cards.find(({ relation }) => relation === 'family')
  const own = await RegistrationDesk.come(chen)
  const over = await whatIsOver(world, own)
  const others = await RegistrationDesk.come(zhang)
  const done = await others.register({}, 1)
  const payAtDesk = await others.register({ pays: 'desk' }, 2)
  const inDoubt = await lockDoubt(world, others)
  const declined = await (await RegistrationDesk.come(sun)).register({}, 0)
  const shared = await (await RegistrationDesk.come(lei)).register({}, 6)
  return {
    numbers: {
      ...over,
      ...(await timetable(world, own)),
      registered: done.id,
      feePayment: done.payment?.id ?? '',
      payAtDesk: expectRow(payAtDesk, 'payAtDesk'),
      registrationLockDoubt: expectRow(inDoubt, 'lockDoubt'),
      registrationDeclined: expectRow(declined, 'declined'),
      shared: expectRow(shared, 'done'),
      familyCard: family?.id ?? '',
    },
    cookies: new Map([
      ['陈静', chen.cookie],
      ['张为民', zhang.cookie],
      ['张蕾', lei.cookie],
      ['孙长贵', sun.cookie],
    ]),
  }
}

function expectRow({ id, row }: Registration, wanted: Registration['row']): string {
  if (row !== wanted) throw new Error(`${row} came instead of ${wanted}`)
  return id
}

/** What takes its time comes first: afterwards nothing may pass. */
async function whatIsOver(world: World, desk: RegistrationDesk): Promise<Record<string, string>> {
  const { bank } = world.sandbox
  const hospital = hospitalOf(world)
  const lapsed = await desk.register({ pays: 'desk' }, 0)
  bank.faults.add({ api: 'lock', kind: 'DROP_BEFORE' })
  const lost = await desk.register({}, 1)
  await world.pass(20 * minute)
  bank.faults.clear()
  hospital.registrations.reserve('rival', lost.appointment.slotNo, 'JC00010031')
  await world.pass(90 * minute)
  hospital.faults.add({ api: 'book', kind: 'dead' })
  const cancelled = await desk.register({}, 2)
  await desk.cancel(cancelled.id)
  hospital.faults.clear()
  await world.pass(minute)
  const paid = await desk.register({ pays: 'desk' }, 3)
  hospital.registrations.payAtDesk(paid.desk?.url.split('/').at(-1) ?? '')
  await desk.read(paid.id)
  await world.pass(3_000)
  const optedOut = await desk.register({}, 4)
  await desk.choose(optedOut.id, false)
  hospital.faults.add({ api: 'book', kind: 'dead' })
  const bookDoubt = await desk.register({}, 5)
  hospital.faults.clear()
  return {
    lapsed: expectRow(await desk.read(lapsed.id), 'lapsed'),
    slotGone: expectRow(await desk.read(lost.id), 'slotGone'),
    cancelled: expectRow(await desk.read(cancelled.id), 'cancelled'),
    doneAtDesk: expectRow(await desk.read(paid.id), 'doneAtDesk'),
    optedOut: expectRow(await desk.read(optedOut.id), 'done'),
    bookDoubt: expectRow(bookDoubt, 'bookDoubt'),
  }
}

async function lockDoubt(world: World, desk: RegistrationDesk): Promise<Registration> {
  world.sandbox.bank.faults.add({ api: 'lock', kind: 'DROP_BEFORE' })
  const opened = await desk.register({}, 3)
  world.sandbox.bank.faults.clear()
  return opened
}

/** A free slot, one that somebody was faster at, a department where nobody sits today, and one with nothing left. */
async function timetable(world: World, desk: RegistrationDesk): Promise<Record<string, string>> {
  const { slots, registrations } = hospitalOf(world)
  const [today = ''] = slots.days()
  const { departments } = slots
  const quiet = departments.find((one) => slots.sessions(one).every(({ day }) => day !== today))
  const full = departments.findLast((one) => one !== quiet)
  const patients = seedPeople.flatMap(({ visits, records }) =>
    [...visits, ...records].filter(({ institution }) => institution === 'jc-first').map(({ patientNo }) => patientNo),
  )
  for (const { slots: places } of full ? slots.sessions(full) : []) {
    const free = places.filter((slot) => slots.isFree(slot))
    free.forEach(({ slotNo }, at) => registrations.reserve(`full ${slotNo}`, slotNo, patients[at] ?? ''))
  }
  const taken = await desk.freeSlot(8)
  registrations.reserve('faster', taken.slotNo, 'JC00010031')
  return {
    slot: (await desk.freeSlot(9)).slotNo,
    takenSlot: taken.slotNo,
    department: departments[0]?.departmentNo ?? '',
    quietDepartment: quiet?.departmentNo ?? '',
    fullDepartment: full?.departmentNo ?? '',
  }
}
