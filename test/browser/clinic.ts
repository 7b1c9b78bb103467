import type { OrderItem, PaymentBrief, SubmitOrder } from '@paycare/shared/contract'
import type { AppClient } from '../world/app-client.ts'
import { personNamed } from '../world/his-client.ts'
import type { World } from '../world/world.ts'

type Line = readonly [
  itemNo: string,
  name: string,
  plainName: string,
  category: OrderItem['category'],
  unit: string,
  quantity: number,
  unitPriceFen: number,
]

const item = ([itemNo, name, plainName, category, unit, quantity, unitPriceFen]: Line): OrderItem => ({
  itemNo,
  name,
  plainName,
  category,
  unit,
  quantity,
  unitPriceFen,
  amountFen: quantity * unitPriceFen,
})

/** An order as a doctor writes it: what is to be done, item by item, with its price. */
export function order(orderNo: string, title: string, ...lines: Line[]): SubmitOrder {
  const items = lines.map(item)
  const amountFen = items.reduce((sum, one) => sum + one.amountFen, 0)
  return { orderNo, revision: 0, title, items, amountFen }
}

export const gastroscopy = order('O1', '胃镜检查', [
  'E007',
  '电子胃镜检查',
  '用细软镜子看食管和胃',
  'exam',
  '次',
  1,
  28_000,
])

/** ¥186.60. */
export const blood = order(
  'O2',
  '血液化验',
  ['L001', '血常规（五分类）', '抽血看血细胞，查感染和贫血', 'lab', '次', 1, 2_000],
  ['L005', '肝功能九项', '抽血看肝脏好不好', 'lab', '组', 1, 5_400],
  ['L009', '碳十三尿素呼气试验', '吹气查幽门螺杆菌', 'lab', '次', 1, 11_260],
)

/** ¥97.50. */
export const medicine = order('O3', '西药处方', ['W001', '奥美拉唑肠溶胶囊', '减少胃酸的药', 'western', '盒', 3, 3_250])

/** The account of a person, with all cards bound. */
export function accountOf(world: World, name: string): Promise<AppClient> {
  return world.signIn(personNamed(name).openid)
}

/** Visits of all cards of an account with their payments. */
export async function visitsOf(app: AppClient): Promise<{ id: string; payments: PaymentBrief[] }[]> {
  const { cards } = await app.call('listCards')
  const lists = await Promise.all(
    cards.map(({ id }) => app.call('listVisits', { query: { cardId: id, filter: 'all' } })),
  )
  const visits = lists.flatMap((list) => list.visits)
  return Promise.all(
    visits.map(async ({ id }) => {
      const { orders } = await app.call('readVisit', { params: { visitId: id } })
      return { id, payments: orders.flatMap((one) => one.payments) }
    }),
  )
}
