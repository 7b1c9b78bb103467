import { orderSets } from './catalogue.ts'
import { HospitalError } from './hospital-error.ts'

/** Lines of an order: items of the price list, or one sum without items. */
export type OrderContent =
  | { readonly lines: readonly (readonly [itemNo: string, quantity: number])[]; readonly title: string }
  | { readonly amountFen: number; readonly title: string }

/** The content of a ready-made order, with only the chosen items if a choice is given. */
export function setContent(setId: string, chosen?: readonly string[]): OrderContent {
  const set = orderSets.find((one) => one.id === setId)
  if (!set) throw new HospitalError(`没有医嘱模板 ${setId}`)
  const lines = chosen ? set.lines.filter(([itemNo]) => chosen.includes(itemNo)) : set.lines
  if (lines.length === 0) throw new HospitalError('请至少选择一个项目')
  return { title: set.title, lines }
}
