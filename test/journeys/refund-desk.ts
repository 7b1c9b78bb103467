import { randomUUID } from 'node:crypto'
import type { AskRefund, HisAskRefund, HisRefund, Problem, RefundDetail, RefundItem } from '@paycare/shared/contract'
import type { AppClient } from '../world/app-client.ts'
import type { Answer } from '../world/his-client.ts'
import type { World } from '../world/world.ts'

export const item = (orderNo: string, amountFen: number, itemNo = 'L001'): RefundItem => ({
  orderNo,
  itemNo,
  amountFen,
})

/** The patient's app and the hospital's programs around refunds, over real HTTP. */
export class RefundDesk {
  readonly #world: World
  readonly #app: AppClient
  constructor(world: World, app: AppClient) {
    this.#world = world
    this.#app = app
  }

  /** A visit with one order of each amount, `V1A`, `V1B` …, all of it locked. */
  async locked(patient: string, amounts: readonly number[], visitNo = 'V1'): Promise<void> {
    const his = this.#world.his()
    await his.start(visitNo, patient)
    for (const [at, amountFen] of amounts.entries()) {
      const orderNo = `${visitNo}${String.fromCharCode(65 + at)}`
      const { status } = await his.order(visitNo, { orderNo, amountFen })
      if (status !== 200) throw new Error(`order ${orderNo} answered ${status}`)
    }
  }

  /** The same, deducted at the end of the visit. */
  async paid(patient: string, amounts: readonly number[], visitNo = 'V1'): Promise<void> {
    await this.locked(patient, amounts, visitNo)
    const actual = amounts.map((amountFen, at) => [`${visitNo}${String.fromCharCode(65 + at)}`, amountFen])
    await this.#world.his().finish(visitNo, Object.fromEntries(actual))
  }

  async visitId(visitNo = 'V1'): Promise<string> {
    for (const { id } of (await this.#app.call('listCards')).cards) {
      const { visits } = await this.#app.call('listVisits', { query: { cardId: id, filter: 'all' } })
      for (const visit of visits) {
        const { orders } = await this.#app.call('readVisit', { params: { visitId: visit.id } })
        if (orders.some((order) => order.orderNo.startsWith(visitNo))) return visit.id
      }
    }
    throw new Error(`the app shows no visit ${visitNo}`)
  }

  async wish(items: readonly RefundItem[], more: Partial<AskRefund> = {}, visitNo = 'V1'): Promise<AskRefund> {
    const target = more.target ?? { kind: 'visit' as const, id: await this.visitId(visitNo) }
    return { cause: 'notDone', ...more, target, items: [...items] }
  }

  async ask(items: readonly RefundItem[], more: Partial<AskRefund> = {}, visitNo = 'V1'): Promise<RefundDetail> {
    return this.#app.call('askRefund', { body: await this.wish(items, more, visitNo), key: randomUUID() })
  }

  async tryAsk(items: readonly RefundItem[], more: Partial<AskRefund> = {}): Promise<string> {
    const { body } = await this.#app.try('askRefund', { body: await this.wish(items, more), key: randomUUID() })
    return (body as Problem).code
  }

  read(refundId: string): Promise<RefundDetail> {
    return this.#app.call('readRefund', { params: { refundId } })
  }

  withdraw(refundId: string): Promise<RefundDetail> {
    return this.#app.call('withdrawRefund', { params: { refundId }, key: randomUUID() })
  }

  /** HIS's own refund, decided already. */
  his(refundNo: string, items: readonly RefundItem[], more: Partial<HisAskRefund> = {}): Promise<Answer<HisRefund>> {
    const about = more.registrationNo === undefined ? { visitNo: 'V1' } : {}
    return this.post('/refunds', { refundNo, items, decidedBy: '0815', ...about, ...more })
  }

  decide(refundNo: string, body: object): Promise<Answer<HisRefund>> {
    return this.post(`/refunds/${refundNo}/decision`, { decidedBy: '0815', ...body })
  }

  approve(refundNo: string, approvedBy: string): Promise<Answer<HisRefund>> {
    return this.post(`/refunds/${refundNo}/approval`, { approvedBy })
  }

  resend(refundNo: string): Promise<Answer<HisRefund>> {
    return this.post(`/refunds/${refundNo}/resend`, { by: '0815' })
  }

  at(refundNo: string): Promise<Answer<HisRefund>> {
    return this.#world.his().call('GET', `/refunds/${refundNo}`)
  }

  async waiting(): Promise<HisRefund[]> {
    const answer = await this.#world.his().call<{ refunds: HisRefund[] }>('GET', '/refunds?state=waiting')
    return answer.body.refunds
  }

  post(path: string, body: object): Promise<Answer<HisRefund>> {
    return this.#world.his().call('POST', path, body)
  }
}

/** The code of a refused request. */
export const codeOf = ({ body }: Answer<unknown>): string => (body as Problem).code
