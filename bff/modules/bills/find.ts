import { integer, query, statement, text, type Unit } from '../../db/unit.ts'

const find = statement('select kind, his_no, rev from bill where id = :id')

/** What a payment is for. */
export interface Bill {
  readonly kind: 'order' | 'registration' | 'windowRegistration'
  readonly hisNo: string
  readonly rev: number
}

export function* findBill(id: string): Unit<Bill> {
  const [row] = yield* query(find, { id })
  if (!row) throw new Error(`no bill ${id}`)
  return { kind: text(row, 'kind') as Bill['kind'], hisNo: text(row, 'his_no'), rev: integer(row, 'rev') }
}
