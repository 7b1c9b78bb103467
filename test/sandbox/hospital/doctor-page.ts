import { html, page, yuan, type Markup } from '../markup.ts'
import { ageOf } from '../seed/people.ts'
import { bookingCard, isEarly } from './booking-card.ts'
import { orderSets, priceItem, type OrderSet } from './catalogue.ts'
import type { Hospital } from './hospital.ts'
import { finishPart, ordersPart } from './live-section.ts'
import { noticeDialog } from './notice-dialog.ts'
import { vaccinationDesk } from './vaccination-desk.ts'
import { openRequests, type Visit } from './visit.ts'

/** What the address of the page asks for. */
export interface DoctorQuery {
  readonly visitNo: string | null
  readonly setId: string | null
  /** Number of the order whose submission has to be announced. */
  readonly submitted: string | null
  readonly error: string | null
}

const STATE_TEXT = { waiting: '候诊', open: '就诊中', finished: '已结束' } as const

const markOf = (visit: Visit): string | null =>
  visit.view
    ? visit.view.credit.inUse
      ? (visit.view.credit.mark ?? '信用就医')
      : null
    : (visit.credit?.mark ?? visit.booking?.mark ?? null)

const stageOf = (hospital: Hospital, { state, booking }: Visit): string =>
  state === 'waiting' && booking && isEarly(hospital, booking) ? '已预约' : STATE_TEXT[state]

function patientRow(hospital: Hospital, visit: Visit, selected: boolean): Markup {
  const { patient } = visit
  const mark = markOf(visit)
  return html`<li>
    <a
      class="patient state-${visit.state}"
      href="/${hospital.info.id}/doctor?visit=${visit.visitNo}"
      ${selected ? html`aria-current="true"` : null}
    >
      <span class="queue">${visit.queueNo}</span>
      <span class="who"
        ><strong>${patient.name}</strong
        ><span class="dim"
          >${patient.sex} · ${ageOf(patient.idNumber, hospital.now())} 岁 · ${visit.department}</span
        ></span
      >
      <span class="chips"
        >${mark ? html`<span class="mark">${mark}</span>` : null}<span class="stage"
          >${stageOf(hospital, visit)}</span
        ></span
      >
      <span class="complaint">${visit.complaint}</span></a
    >
  </li>`
}

function patientHead(hospital: Hospital, visit: Visit): Markup {
  const { patient } = visit
  const mark = markOf(visit)
  return html`<header class="visit-head">
    <div>
      <h2>${patient.name} ${mark ? html`<span class="mark">${mark}</span>` : null}</h2>
      <p class="dim">
        ${patient.sex} · ${ageOf(patient.idNumber, hospital.now())} 岁 · 病案号 ${patient.patientNo} ·
        ${visit.department} <span class="keep">${visit.doctor}医生</span>
      </p>
      <p class="said">${visit.booking ? null : '主诉：'}${visit.complaint}</p>
    </div>
    <span class="stage big">${stageOf(hospital, visit)}</span>
  </header>`
}

function startForm(hospital: Hospital, visit: Visit, useCredit: boolean, label: string, look: string): Markup {
  return html`<form method="post" action="/${hospital.info.id}/doctor/start">
    <input type="hidden" name="visit" value="${visit.visitNo}" /><input
      type="hidden"
      name="credit"
      value="${useCredit ? 'yes' : 'no'}"
    />
    <button class="${look}">${label}</button>
  </form>`
}

const QUOTA_TEXT: Readonly<Record<string, string>> = {
  frozen: '额度已冻结',
  overdue: '有逾期未还',
  expired: '额度已失效',
}

function cashier(hospital: Hospital, visit: Visit): Markup {
  const { credit } = visit
  if (!credit) {
    return html`<p>暂时查不到签约状态。</p>
      <div class="row">
        <a class="button" href="/${hospital.info.id}/doctor?visit=${visit.visitNo}">再查一次</a>
        ${startForm(hospital, visit, false, '按普通方式开始就诊', 'plain')}
      </div>`
  }
  if (credit.status !== 'signed') {
    const text = credit.status === 'signing' ? '正在办理签约' : credit.status === 'terminated' ? '已经解约' : '没有签约'
    return html`<p>患者${text}“信用就医”，按普通方式就诊。</p>
      <div class="row">${startForm(hospital, visit, false, '开始就诊', 'main')}</div>`
  }
  const quota = QUOTA_TEXT[credit.quota ?? '']
  return html`${quota ? html`<p class="alert">${quota}，锁定可能被银行拒绝。</p>` : null}
    <p class="ask">
      ${credit.prompt ?? '您已签约“信用就医”，请确认本次挂号费用及后续可能产生医疗费用是否使用“信用就医”额度进行支付'}
    </p>
    <p class="dim">${credit.mark ?? '信用就医'}${credit.agreementTail ? ` · 协议尾号 ${credit.agreementTail}` : ''}</p>
    <div class="row">
      ${startForm(hospital, visit, true, '确认', 'main')}${startForm(hospital, visit, false, '取消', 'plain')}
    </div>`
}

function setPreview(hospital: Hospital, visit: Visit, set: OrderSet): Markup {
  const lines = set.lines.flatMap(([itemNo, quantity]) => {
    const item = priceItem(itemNo)
    return item ? [{ item, quantity, fen: item.unitPriceFen * quantity }] : []
  })
  const total = lines.reduce((sum, line) => sum + line.fen, 0)
  return html`<form class="preview" method="post" action="/${hospital.info.id}/doctor/order">
    <input type="hidden" name="visit" value="${visit.visitNo}" /><input type="hidden" name="set" value="${set.id}" />
    <h4>${set.title}</h4>
    <ul class="lines">
      ${lines.map(
        ({ item, quantity, fen }) =>
          html`<li>
            <label
              ><input type="checkbox" name="item" value="${item.itemNo}" data-fen="${fen}" checked />
              <span class="item"><span>${item.name}</span><span class="dim">${item.plainName}</span></span>
              <span class="qty">${quantity} ${item.unit}</span><span class="fen">${yuan(fen)}</span></label
            >
          </li>`,
      )}
    </ul>
    <div class="total"><span>合计</span><output data-total>${yuan(total)}</output></div>
    <button class="main">提交医嘱</button>
  </form>`
}

function newOrder(hospital: Hospital, visit: Visit, setId: string | null): Markup {
  const chosen = orderSets.find((set) => set.id === setId)
  return html`<section class="card" aria-labelledby="new-title">
    <h3 id="new-title">开医嘱</h3>
    <form class="sets" method="get" action="/${hospital.info.id}/doctor">
      <input type="hidden" name="visit" value="${visit.visitNo}" /> ${orderSets.map(
        (set) =>
          html`<button class="set" name="set" value="${set.id}" aria-pressed="${set.id === setId ? 'true' : 'false'}">
            <strong>${set.title}</strong><span class="dim">${set.hint}</span>
          </button>`,
      )}
    </form>
    ${chosen ? setPreview(hospital, visit, chosen) : html`<p class="dim hint">先选一组医嘱，核对项目和合计后再提交。</p>`}
    <details class="custom">
      <summary>自定义金额的医嘱</summary>
      <form class="inline" method="post" action="/${hospital.info.id}/doctor/order">
        <input type="hidden" name="visit" value="${visit.visitNo}" />
        <label>名称<input name="title" value="其他诊疗费用" maxlength="30" required /></label>
        <label>金额（元）<input name="amount" inputmode="decimal" placeholder="120.00" required /></label>
        <button class="main">提交医嘱</button>
      </form>
      <p class="dim">演示用：分位 .13 银行已锁定但不回答，.14 请求没送到，.15 银行处理中，.16 银行报超时。</p>
    </details>
  </section>`
}

function beforeConsultation(hospital: Hospital, visit: Visit): Markup {
  if (visit.booking) return bookingCard(hospital, visit.visitNo, visit.booking)
  return html`<section class="card ask-card" aria-labelledby="ask-title">
    <h3 id="ask-title">${visit.kind === 'vaccination' ? '登记台询问患者' : '收费窗口询问患者'}</h3>
    ${cashier(hospital, visit)}
  </section>`
}

function visitPane(hospital: Hospital, visit: Visit, query: DoctorQuery): Markup {
  const waiting = visit.state === 'waiting' && openRequests(visit).length === 0
  const prompt = visit.view?.prompt ?? null
  return html`<main class="visit" id="visit">
    <a class="back" href="/${hospital.info.id}/doctor">‹ 今日患者</a>
    ${patientHead(hospital, visit)}
    ${prompt && visit.view?.credit.inUse ? html`<p class="banner" role="status">${prompt}</p>` : null}
    ${visit.view && !visit.view.credit.inUse && visit.view.credit.reason ? html`<p class="alert">本次不使用“信用就医”：${visit.view.credit.reason.text}</p>` : null}
    ${query.error ? html`<p class="alert" role="alert">${query.error}</p>` : null}
    ${visit.message ? html`<p class="alert" role="alert">“信用就医”平台答复：${visit.message}</p>` : null}
    ${waiting ? beforeConsultation(hospital, visit) : null} ${ordersPart(hospital.info.id, visit)}
    ${visit.state === 'open' ? newOrder(hospital, visit, query.setId) : null} ${finishPart(hospital, visit)}
    ${query.submitted ? noticeDialog(hospital.info.id, visit, query.submitted) : null}
  </main>`
}

const nobody = html`<main class="visit empty" id="visit"><p>从名单里选一位患者。</p></main>`

function patientList(hospital: Hospital, title: string, visits: readonly Visit[], chosen: Visit | null): Markup {
  return html`<h2>${title}</h2>
    <ol>
      ${visits.map((one) => patientRow(hospital, one, one === chosen))}
    </ol>`
}

/** The doctor's page of one institution. */
export function doctorPage(hospital: Hospital, visit: Visit | null, query: DoctorQuery): string {
  const { info } = hospital
  const visits = hospital.visits()
  const later = hospital.laterVisits()
  const waiting = visits.filter((one) => one.state === 'waiting').length
  return page(
    { title: `医生工作站 · ${info.name}`, style: '/assets/doctor.css', script: '/assets/doctor.js' },
    html`<body class="${info.id} ${visit ? 'has-visit' : ''}">
      <a class="skip" href="#visit">跳到就诊</a>
      <aside class="demo" aria-label="说明">演示医院 · 非真实</aside>
      <header class="top">
        <div>
          <h1>${info.name}</h1>
          <p>医生工作站</p>
        </div>
        <p class="count">今日 ${visits.length} 人，候诊 ${waiting} 人</p>
      </header>
      <div class="desk">
        <nav class="patients" aria-label="今日患者">
          ${patientList(hospital, '今日患者', visits, visit)}
          ${later.length > 0 ? patientList(hospital, '之后的预约', later, visit) : null} ${vaccinationDesk(hospital)}
        </nav>
        ${visit ? visitPane(hospital, visit, query) : nobody}
      </div>
    </body>`,
  )
}
