import { registrationMutableKeys } from '@paycare/bff/modules/registrations/index.ts'
import { registrationOf, type Mutable, type Registration } from '@paycare/bff/modules/registrations/record.ts'
import { journalOf, replay } from '@paycare/bff/engine/index.ts'
import { query, statement } from '@paycare/bff/db/unit.ts'
import type { Books } from './check.ts'

const all = statement('select * from registration order by id')

/** Each registration stands the same here, at the hospital and at the bank; the fee was taken once or not at all. */
export async function registrationViolations(books: Books): Promise<string[]> {
  const registrations = await books.store.read(function* () {
    return (yield* query(all, {})).map(registrationOf)
  })
  const found = registrations.flatMap((r) => [...atHospital(books, r), ...money(books, r)])
  for (const r of registrations) {
    const { version, mutable } = replay(await books.store.read(() => journalOf<Partial<Mutable>>(r.id)))
    const same = version === r.version && registrationMutableKeys.every((key) => mutable[key] === r[key])
    if (!same) found.push(`journal ${r.id}: replay differs from the row`)
  }
  return [...found, ...twiceSold(books)]
}

/** What the hospital has must be what the patient reads. */
function atHospital(books: Books, r: Registration): string[] {
  const there = books.sandbox.hospital.at('jc-first').registrations.find(r.id)
  const is = `${r.state}/${r.pays} here, ${there?.state ?? 'absent'}/${there?.payment ?? 'none'} at the hospital`
  const wanted = r.pays === 'credit' ? 'creditPaid' : 'desk'
  const agrees =
    r.state === 'settled'
      ? there?.state === 'booked' && there.payment === wanted
      : there?.state !== 'booked' && there?.state !== 'reserved'
  const isOver = ['settled', 'slotGone', 'cancelled', 'lapsed'].includes(r.state)
  return agrees && isOver ? [] : [`registration ${r.id}: ${is}`]
}

/** Settled from the quota: paid exactly once and exactly the fee. Otherwise nothing was taken, so nothing has to be refunded. */
function money(books: Books, r: Registration): string[] {
  const paidFen = books.connection
    .prepare('select coalesce(sum(paid_fen), 0) from payment where bill_id = ?')
    .pluck()
    .get(r.billId)
  const wantedFen = r.state === 'settled' && r.pays === 'credit' ? r.amountFen : 0
  return paidFen === wantedFen
    ? []
    : [`registration ${r.id}: ${r.state}/${r.pays} took ${String(paidFen)} of ${wantedFen}`]
}

/** One slot has one patient. */
function twiceSold(books: Books): string[] {
  const booked = books.sandbox.hospital
    .at('jc-first')
    .registrations.list()
    .filter((one) => one.state === 'booked')
    .map((one) => one.slotNo)
  return booked.filter((slotNo, at) => booked.indexOf(slotNo) !== at).map((slotNo) => `slot ${slotNo} is sold twice`)
}
