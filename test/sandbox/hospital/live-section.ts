import { html, yuan, type Markup } from '../markup.ts'
import { catalogue } from './catalogue.ts'
import type { Hospital } from './hospital.ts'
import { coveredFen, isUncertain, openRequests, orderAmount, viewOfOrder, type HisOrder, type Visit } from './visit.ts'
import { orderWords, paymentWords } from './words.ts'

const REQUEST_TEXT = { start: '开始就诊', order: '提交医嘱', cancel: '取消医嘱', finish: '结束就诊' } as const

function unanswered(base: string, visit: Visit): Markup | null {
  const open = openRequests(visit)
  if (open.length === 0) return null
  return html`<section class="alert wait" role="status">
    <p>
      <strong>处理中</strong>：${open.map((one) => REQUEST_TEXT[one.kind]).join('、')}还没有收到回答。再发一次不会重复。
    </p>
    <form method="post" action="${base}/doctor/retry">
      <input type="hidden" name="visit" value="${visit.visitNo}" /><button class="plain">再发一次</button>
    </form>
  </section>`
}

function lineTable(order: HisOrder): Markup {
  const lines = order.revisions.flatMap((revision) =>
    revision.lines.map((line) => ({ line, added: revision.revision > 0 })),
  )
  return html`<details class="items" id="items-${order.orderNo}">
    <summary>${lines.length} 个项目</summary>
    <ul class="lines">
      ${lines.map(
        ({ line, added }) =>
          html`<li>
            <span class="item"
              ><span>${line.name}${added ? html` <em>加项</em>` : null}</span
              ><span class="dim">${line.plainName}</span></span
            >
            <span class="qty">${line.quantity} ${line.unit}</span><span class="fen">${yuan(line.amountFen)}</span>
          </li>`,
      )}
    </ul>
  </details>`
}

function raiseForm(base: string, visit: Visit, order: HisOrder): Markup {
  return html`<details class="raise" id="raise-${order.orderNo}">
    <summary>加项</summary>
    <form class="inline" method="post" action="${base}/doctor/raise">
      <input type="hidden" name="visit" value="${visit.visitNo}" /><input
        type="hidden"
        name="order"
        value="${order.orderNo}"
      />
      <label
        >项目<select name="item">
          ${catalogue.map((item) => html`<option value="${item.itemNo}">${item.name} ${yuan(item.unitPriceFen)}/${item.unit}</option>`)}
        </select></label
      >
      <label>数量<input name="quantity" type="number" min="1" max="99" value="1" required /></label>
      <button class="plain">加到这张医嘱</button>
    </form>
  </details>`
}

function cancelForm(base: string, visit: Visit, order: HisOrder): Markup {
  return html`<form method="post" action="${base}/doctor/cancel">
    <input type="hidden" name="visit" value="${visit.visitNo}" /><input
      type="hidden"
      name="order"
      value="${order.orderNo}"
    />
    <button class="quiet" data-confirm="取消“${order.title}”并释放锁定的额度？">取消医嘱</button>
  </form>`
}

function paymentList(visit: Visit, order: HisOrder): Markup | null {
  const payments = viewOfOrder(visit, order.orderNo)?.payments ?? []
  if (payments.length < 2) return null
  return html`<ul class="payments">
    ${payments.map((one) => {
      const words = paymentWords(one)
      const shown = one.state === 'paid' ? one.paidFen : one.amountFen
      return html`<li>
        <span>${one.revision === 0 ? '原医嘱' : `加项 ${one.revision}`}</span
        ><span class="chip ${words.tone}">${words.text}</span><span class="fen">${yuan(shown)}</span>
      </li>`
    })}
  </ul>`
}

function usedLine(visit: Visit, order: HisOrder): Markup | null {
  const view = viewOfOrder(visit, order.orderNo)
  if (!view || view.paidFen === 0) return null
  const back = orderAmount(order) - view.paidFen
  return back > 0 ? html`<p class="dim">开单 ${yuan(orderAmount(order))}，其余 ${yuan(back)} 未使用额度</p>` : null
}

/** The door of the vaccination room: open only when the product says that all of the bill is locked. */
function doorLine(visit: Visit, order: HisOrder): Markup | null {
  if (visit.kind !== 'vaccination' || !visit.view?.credit.inUse) return null
  const mayEnter = viewOfOrder(visit, order.orderNo)?.mayEnter === true
  return html`<p class="dim">
    ${mayEnter ? '额度已锁定，可以进入接种室' : '额度没有锁定，不能凭“信用就医”进入接种室'}
  </p>`
}

function orderRow(base: string, visit: Visit, order: HisOrder): Markup {
  const words = orderWords(visit, order)
  const paidFen = viewOfOrder(visit, order.orderNo)?.paidFen ?? 0
  const editable = visit.state === 'open' && !order.cancelled && order.refusal === null
  return html`<li class="order">
    <div class="order-head">
      <span class="title"><strong>${order.title}</strong><span class="dim">${order.orderNo}</span></span>
      <span class="chip ${words.tone}">${words.text}</span
      ><span class="fen">${yuan(words.tone === 'done' ? paidFen : orderAmount(order))}</span>
    </div>
    ${order.refusal ? html`<p class="alert">${order.refusal}</p>` : null} ${doorLine(visit, order)}
    ${paymentList(visit, order)}${usedLine(visit, order)}
    <div class="order-tools">
      ${lineTable(order)}${editable ? raiseForm(base, visit, order) : null}${editable ? cancelForm(base, visit, order) : null}
    </div>
  </li>`
}

function totals(visit: Visit): Markup | null {
  const sums = visit.view?.totals
  if (!sums || !visit.view?.credit.inUse) return null
  const cell = (name: string, fen: number, tone: string): Markup =>
    html`<div class="${tone} ${fen === 0 ? 'zero' : ''}">
      <dt>${name}</dt>
      <dd>${yuan(fen)}</dd>
    </div>`
  return html`<dl class="totals">
    ${cell('已锁定', sums.lockedFen, 'held')}${cell('处理中', sums.pendingFen, 'wait')}${cell('已扣除', sums.paidFen, 'done')}${cell('已释放', sums.releasedFen, 'off')}
  </dl>`
}

/** What the doctor will most likely bill: what is covered, or the whole order while its answer is missing. */
function proposedFen(visit: Visit, order: HisOrder): number {
  const unsure = openRequests(visit).some((one) => one.orderNo === order.orderNo)
  if (unsure || !visit.view?.credit.inUse) return orderAmount(order)
  return coveredFen(viewOfOrder(visit, order.orderNo))
}

function finishForm(base: string, hospital: Hospital, visit: Visit): Markup {
  const rows = hospital.billable(visit).map((order) => ({ order, fen: proposedFen(visit, order) }))
  const total = rows.reduce((sum, row) => sum + row.fen, 0)
  return html`<section class="card" aria-labelledby="finish-title">
    <h3 id="finish-title">结束就诊</h3>
    <form class="finish" method="post" action="${base}/doctor/finish">
      <input type="hidden" name="visit" value="${visit.visitNo}" />
      ${rows.length > 0 ? html`<p class="dim">按实际发生的费用填写，可以少于已锁定金额，多出的额度当场释放。</p>` : html`<p class="dim">没有需要支付的医嘱，可以直接结束。</p>`}
      ${rows.map(
        ({ order, fen }) =>
          html`<label class="actual"
            ><span>${order.title}</span
            ><input
              name="actual-${order.orderNo}"
              value="${yuan(fen).replace(/[¥,]/g, '')}"
              inputmode="decimal"
              data-amount
              required
          /></label>`,
      )}
      <div class="total"><span>本次实际费用</span><output data-total>${yuan(total)}</output></div>
      <button class="main" data-confirm="结束就诊并按实际费用扣除？">结束就诊</button>
    </form>
  </section>`
}

/** The orders of a visit; the script replaces this part while something is uncertain. */
export function ordersPart(institution: string, visit: Visit): Markup {
  const base = `/${institution}`
  const orders = visit.orders.map((order) => orderRow(base, visit, order))
  return html`<div
    id="live-orders"
    data-live="${base}/doctor/live?visit=${visit.visitNo}"
    data-uncertain="${isUncertain(visit) ? 'yes' : 'no'}"
  >
    ${unanswered(base, visit)}
    ${
      visit.state === 'waiting'
        ? null
        : html`<section class="card" aria-labelledby="orders-title">
            <h3 id="orders-title">本次医嘱</h3>
            ${orders.length > 0 ? totals(visit) : null}
            ${
              orders.length > 0
                ? html`<ul class="orders">
                    ${orders}
                  </ul>`
                : html`<p class="dim hint">还没有开医嘱。</p>`
            }
          </section>`
    }
  </div>`
}

/** The end of a visit; it follows the orders and is replaced with them. */
export function finishPart(hospital: Hospital, visit: Visit): Markup {
  return html`<div id="live-finish">
    ${visit.state === 'open' ? finishForm(`/${hospital.info.id}`, hospital, visit) : null}
  </div>`
}
