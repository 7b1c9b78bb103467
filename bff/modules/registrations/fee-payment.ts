import { feeCategories } from '@paycare/shared/text'
import type { AppContext } from '../../context.ts'
import type { Unit } from '../../db/unit.ts'
import type { Lease, Payment } from '../../engine/index.ts'
import type { Registration } from './record.ts'

/** The one title of its bill. */
export const feeTitle = '挂号费'

/** The registration fee as a line of the fee detail. */
export function feeLines(itemNo: string, amountFen: number): string {
  const { name, plain } = feeCategories.registration
  const price = { unit: '次', quantity: 1, unitPriceFen: amountFen, amountFen }
  return JSON.stringify([{ itemNo, name, plainName: plain, category: 'registration', ...price }])
}

/** Field under which the agreement number of a registration is sealed, online or at the window. */
export const agreementField = (registrationId: string): string => `agreement/${registrationId}`

/** Opens the lock of the registration fee, inside the caller's transaction (C 二（一）2: the quota pays at once). */
export function* openFeePayment(x: AppContext, r: Registration): Unit<{ subject: Payment; lease: Lease }> {
  if (r.agreementSealed === null || r.role === null) throw new Error(`registration ${r.id} has no agreement`)
  const agreementNo = yield* x.vault.open(r.personId, agreementField(r.id), r.agreementSealed)
  return yield* x.engine.open(
    {
      institution: r.institution,
      billId: r.billId,
      channel: 'credit',
      kind: 'hold',
      goal: 'hold',
      personId: r.personId,
      role: r.role,
      amountFen: r.amountFen,
      terms: { agreementNo, scene: 'OUTP_REG', visitNo: r.id, orderNo: r.id },
      awaitedBy: r.id,
    },
    'registration',
  )
}
