import { html, page, yuan, type Markup } from '../markup.ts'
import type { Hospital } from './hospital.ts'
import { clockTime, dayWords } from './moment.ts'
import type { ProductRefund, RefundItem, RefundRequest } from './refunds.ts'

const causes: Readonly<Record<string, string>> = {
  notDone: '没有做',
  notTaken: '没有取药',
  chargedTwice: '重复收费',
  wrongItem: '开错项目',
  notComing: '不来就诊',
  other: '其他',
}
const sum = (items: readonly RefundItem[]): number => items.reduce((total, one) => total + one.amountFen, 0)

function itemField(hospital: Hospital, about: string, item: RefundItem, at: number): Markup {
  const name = hospital.itemName(about, item.orderNo, item.itemNo)
  const value = (item.amountFen / 100).toFixed(2)
  return html`<li>
    <label
      >${name} <span class="dim">${item.orderNo} · 申请 ${yuan(item.amountFen)}</span>
      <input name="item-${at}" inputmode="decimal" value="${value}"
    /></label>
  </li>`
}

function requestPart(hospital: Hospital, { requestNo, wish, askedAtMs }: RefundRequest): Markup | null {
  if (!wish) return null
  const about = wish.visitNo ?? wish.registrationNo ?? ''
  return html`<section class="bill">
    <h2>${wish.visitNo === undefined ? '退号' : '退费'} ${yuan(wish.amountFen)}</h2>
    <p>${about} · ${dayWords(askedAtMs)}${clockTime(askedAtMs)} 申请 · ${causes[wish.cause] ?? wish.cause}</p>
    ${wish.note ? html`<p>居民说明：${wish.note}</p>` : null}
    <form method="post" action="/${hospital.info.id}/refunds/accept">
      <input type="hidden" name="request" value="${requestNo}" />
      <ul>
        ${wish.items.map((item, at) => itemField(hospital, about, item, at))}
      </ul>
      <label>工号 <input name="by" value="0815" /></label>
      <label>说明 <input name="text" /></label>
      <button class="pay">同意退费</button>
    </form>
    <form method="post" action="/${hospital.info.id}/refunds/decline">
      <input type="hidden" name="request" value="${requestNo}" />
      <label>工号 <input name="by" value="0815" /></label>
      <label>原因 <input name="text" required /></label>
      <button>不同意</button>
    </form>
  </section>`
}

function approvalPart(hospital: Hospital, { refundNo, acceptedFen, decidedBy }: ProductRefund): Markup {
  return html`<section class="bill">
    <h2>待复核 ${yuan(acceptedFen ?? 0)}</h2>
    <p>${refundNo} · 初审 ${decidedBy ?? ''}</p>
    <form method="post" action="/${hospital.info.id}/refunds/approve">
      <input type="hidden" name="request" value="${refundNo}" />
      <label>复核人工号 <input name="by" value="0816" /></label>
      <button class="pay">复核通过</button>
    </form>
  </section>`
}

function waitingPart(hospital: Hospital, { refundNo, legs }: ProductRefund): Markup {
  const waiting = legs.filter((leg) => leg.state === 'waiting')
  return html`<section class="bill">
    <h2>该居民退款失败 ${yuan(waiting.reduce((total, leg) => total + leg.amountFen, 0))}</h2>
    <p>${refundNo} · 已等 ${Math.max(...waiting.map((leg) => leg.ageDays))} 天</p>
    ${waiting.map((leg) => html`<p>${leg.notice ?? ''}</p>`)}
    <form method="post" action="/${hospital.info.id}/refunds/resend">
      <input type="hidden" name="request" value="${refundNo}" />
      <input type="hidden" name="by" value="0815" />
      <button class="pay">重新发起</button>
    </form>
    ${waiting.some((leg) => leg.canResend) ? null : html`<p class="small">今天已经发起过，次日再试。</p>`}
  </section>`
}

/** “退费审批”: what waits for the registrar, for a second person, and for money at the bank. */
export function refundPage(hospital: Hospital, atProduct: readonly ProductRefund[], error: string | null): string {
  const pending = hospital.refunds.list().filter((one) => one.state === 'pending')
  const approving = atProduct.filter((one) => one.state === 'approving')
  const waiting = atProduct.filter((one) => one.legs.some((leg) => leg.state === 'waiting'))
  const isEmpty = pending.length + approving.length + waiting.length === 0
  return page(
    { title: `退费审批 · ${hospital.info.name}`, style: '/assets/desk.css' },
    html`<body class="${hospital.info.id}">
      <aside class="demo" aria-label="说明">演示医院 · 非真实</aside>
      <header>
        <p class="name">${hospital.info.name}</p>
        <h1>退费审批</h1>
      </header>
      <main>
        ${error === null ? null : html`<p role="alert">${error}</p>`}
        ${isEmpty ? html`<section class="bill over"><p>没有要处理的退费</p></section>` : null}
        ${pending.map((one) => requestPart(hospital, one))} ${approving.map((one) => approvalPart(hospital, one))}
        ${waiting.map((one) => waitingPart(hospital, one))}
        <p class="small">${sumWords(pending)}</p>
      </main>
    </body>`,
  )
}

const sumWords = (pending: readonly RefundRequest[]): string =>
  `待审 ${pending.length} 笔，共 ${yuan(pending.reduce((total, one) => total + sum(one.wish?.items ?? []), 0))}`
