import { html, yuan, type Markup } from '../markup.ts'
import { orderAmount, viewOfOrder, type HisOrder, type Visit } from './visit.ts'
import { orderWords } from './words.ts'

/** C 三（四）, to the letter. */
const SUBMITTED = '患者本次使用“信用就医”额度支付总费用'

function creditNotice(visit: Visit, order: HisOrder): Markup {
  const sums = visit.view?.totals
  const total = sums ? sums.lockedFen + sums.paidFen + sums.pendingFen : orderAmount(order)
  return html`<p class="ask">${order.prompt ?? SUBMITTED}</p>
    <p class="sum">${yuan(total)}</p>
    <p class="dim">其中“${order.title}” ${yuan(orderAmount(order))}，已锁定，尚未扣款</p>`
}

function content(visit: Visit, order: HisOrder): Markup {
  const words = orderWords(visit, order)
  if (words.tone === 'held') return creditNotice(visit, order)
  if (words.tone === 'wait') {
    return html`<p class="ask">处理中</p>
      <p class="sum">${yuan(orderAmount(order))}</p>
      <p class="dim">银行还没有答复，页面会自动更新。请不要重复开单。</p>`
  }
  return html`<p class="ask">${words.text}</p>
    <p class="sum">${yuan(orderAmount(order))}</p>
    <p class="dim">${order.title}。${order.refusal ?? '其他医嘱不受影响。'}</p>`
}

/** The dialog after “提交医嘱”; without a script it stands open and closes by its own form. */
export function noticeDialog(institution: string, visit: Visit, orderNo: string): Markup | null {
  const order = visit.orders.find((one) => one.orderNo === orderNo)
  if (
    !order ||
    (viewOfOrder(visit, orderNo)?.payments.length === 0 && order.refusal === null && !visit.view?.credit.inUse)
  )
    return null
  return html`<dialog open class="notice" aria-label="医嘱已提交">
    ${content(visit, order)}
    <form method="get" action="/${institution}/doctor">
      <input type="hidden" name="visit" value="${visit.visitNo}" /><button class="main" autofocus>知道了</button>
    </form>
  </dialog>`
}
