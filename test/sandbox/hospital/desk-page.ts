import { html, page, yuan, type Markup } from '../markup.ts'
import type { Hospital } from './hospital.ts'
import { clockTime } from './moment.ts'
import { feeOf, timeWords, type Desk, type Registration } from './registration.ts'
import type { DeskState } from './registrations.ts'
import type { Place } from './slot-book.ts'
import type { Patient } from './visit.ts'

/** A registration that has a payment at the desk. */
export interface DeskOrder {
  readonly registration: Registration
  readonly desk: Desk
  readonly place: Place
  readonly patient: Patient | null
  readonly state: DeskState
}

/** 陈静 → 陈*; a long name keeps its length to itself. */
const masked = (name: string): string => {
  const [first = '', ...rest] = name
  return first + '*'.repeat(Math.min(rest.length, 2))
}

function leftWords(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  const minutes = Math.floor(seconds / 60)
  return minutes === 0 ? `${seconds} 秒` : `${minutes} 分${seconds % 60 === 0 ? '钟' : ` ${seconds % 60} 秒`}`
}

function facts({ registration, place, patient }: DeskOrder): Markup {
  const { department, doctor } = place.session
  const { guide } = registration
  const row = (name: string, value: string): Markup =>
    html`<div>
      <dt>${name}</dt>
      <dd>${value}</dd>
    </div>`
  return html`<dl class="facts">
    ${row('就诊人', masked(patient?.name ?? ''))}${row('项目', '挂号费（门诊诊察费）')}${row('科室', department.name)}${row('医生', `${doctor.name} ${doctor.title}`)}${row('就诊时间', timeWords(place))}${row('地点', department.place)}
    ${guide ? html`${row('预约号', guide.bookingNo)}${row('候诊号', guide.queueNo)}` : null}
  </dl>`
}

function openPart(hospital: Hospital, order: DeskOrder): Markup {
  const { desk, registration } = order
  return html`<section class="bill" aria-labelledby="sum">
      <h1 id="sum">待支付 <span class="sum">${yuan(feeOf(registration))}</span></h1>
      <p class="until">
        请在 ${clockTime(desk.untilMs)} 前支付，打开本页时还剩 ${leftWords(desk.untilMs - hospital.now())}
      </p>
      ${facts(order)}
    </section>
    <form method="post" action="/${hospital.info.id}/desk/${desk.token}/pay">
      <button class="pay">微信支付（演示）</button>
    </form>
    <a class="back" href="${desk.returnUrl}">取消返回</a>
    <p class="small">演示页面，不会真的扣款。</p>`
}

const ENDED: Readonly<Record<Exclude<DeskState, 'open' | 'paid'>, readonly [title: string, text: string]>> = {
  cancelled: ['这个预约已经取消', '没有扣款，这里不用再付。'],
  withdrawn: ['挂号费已改用“信用就医”支付', '这里没有扣款，也不用再付。'],
  expired: ['已超过支付时间', '没有扣款。请返回，看看这个号还在不在。'],
}

function endedPart(order: DeskOrder, state: Exclude<DeskState, 'open'>): Markup {
  const { desk, registration } = order
  const isPaid = state === 'paid'
  const [title, text] = state === 'paid' ? ['支付成功', '挂号成功，请按时到院。'] : ENDED[state]
  return html`<section class="bill ${isPaid ? 'done' : 'over'}" role="status">
      <p class="sign" aria-hidden="true">${isPaid ? '✓' : '!'}</p>
      <h1>${title}</h1>
      ${isPaid ? html`<p class="sum">${yuan(feeOf(registration))}</p>` : null}
      <p class="until">${text}</p>
      ${isPaid ? facts(order) : null}
    </section>
    <a class="pay" href="${desk.returnUrl}">返回</a>`
}

function deskFrame(hospital: Hospital, title: string, body: Markup): string {
  return page(
    { title: `${title} · ${hospital.info.name}`, style: '/assets/desk.css' },
    html`<body class="${hospital.info.id}">
      <aside class="demo" aria-label="说明">演示医院 · 非真实</aside>
      <header>
        <p class="name">${hospital.info.name}</p>
        <p>收费窗口 · 网上支付</p>
      </header>
      <main>${body}</main>
    </body>`,
  )
}

/** The hospital's ordinary payment page, in every state that a payment can be found in. */
export function deskPage(hospital: Hospital, order: DeskOrder): string {
  const { state } = order
  if (state === 'open') return deskFrame(hospital, '支付挂号费', openPart(hospital, order))
  return deskFrame(hospital, state === 'paid' ? '支付成功' : '无需支付', endedPart(order, state))
}

/** An address that belongs to no payment. */
export function unknownDeskPage(hospital: Hospital): string {
  return deskFrame(
    hospital,
    '没有这笔缴费',
    html`<section class="bill over" role="status">
      <p class="sign" aria-hidden="true">!</p>
      <h1>没有这笔缴费</h1>
      <p class="until">链接可能已经换过。请回到挂号页面重新打开。</p>
    </section>`,
  )
}
