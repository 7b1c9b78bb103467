import { html, yuan, type Markup } from '../../markup.ts'
import type { Account, ResidentBill } from '../debts/debts.ts'
import { isOpen, outstandingFen, type Instalment, type Plan, type Settlement } from '../debts/plan.ts'
import { INSTALMENT_MONTHS } from '../debts/schedule.ts'
import { fact } from './layout.ts'
import { spokenDate } from './words.ts'

/** Where a month stands, with the tone of its mark. */
function monthState(row: Instalment, today: string): { readonly text: string; readonly tone: 'good' | 'wait' | 'bad' } {
  if (!isOpen(row)) return { text: '已还', tone: 'good' }
  if (!row.fallen) return { text: '未到期', tone: 'wait' }
  return row.dueDay < today ? { text: '已逾期', tone: 'bad' } : { text: '今日应还', tone: 'wait' }
}

function monthRow(row: Instalment, today: string): Markup {
  const { text, tone } = monthState(row, today)
  return html`<li>
    <p class="line">
      <span>第 ${row.no} 期 · ${spokenDate(row.dueDay)}</span
      ><span class="fen">${yuan(row.principalFen + row.interestFen)}</span>
    </p>
    <p class="line hint">
      <span>本金 ${yuan(row.principalFen)} · 利息 ${yuan(row.interestFen)}</span
      ><span class="mark ${tone}">${text}</span>
    </p>
  </li>`
}

function planCard(plan: Plan, today: string): Markup {
  const leftFen = outstandingFen(plan)
  const isOver = !plan.instalments.some(isOpen)
  return html`<section class="card text" aria-label="分期">
    <h2>${isOver ? '分期 · 已结清' : '分期'}</h2>
    <dl class="facts">
      ${fact('分期金额', yuan(plan.principalFen))} ${fact('剩余本金', yuan(leftFen))}
      ${fact('期限', `${INSTALMENT_MONTHS} 个月`)} ${fact('年利率', `${plan.annualPercent}%`)}
      ${fact('还款日', `每月 ${plan.repaymentDay} 日`)} ${fact('起息日', spokenDate(plan.startDay))}
      ${fact('到期日', spokenDate(plan.maturityDay))}
    </dl>
    ${
      plan.instalments.length === 0
        ? null
        : html`<ol class="months">
            ${plan.instalments.map((row) => monthRow(row, today))}
          </ol>`
    }
    ${isOver ? null : html`<a class="button plain" href="/settle/${plan.planNo}">提前结清</a>`}
  </section>`
}

function billCard(bill: ResidentBill): Markup {
  return html`<section class="card text" aria-label="账单">
    <h2>${spokenDate(bill.statement)}账单</h2>
    <dl class="facts">
      ${fact('账单金额', yuan(bill.usedFen))} ${fact('待还', yuan(bill.owedFen))}
      ${fact('免息还款日', spokenDate(bill.dueDay))}
    </dl>
    <p class="hint">到期未还清的部分，次日自动分为 ${INSTALMENT_MONTHS} 期。</p>
  </section>`
}

/** 账单与分期: open bills with their interest-free day, and every plan month by month, latest first (C 二（三）). */
export function plansPage({ bills, plans }: Account, today: string): Markup {
  const open = bills.filter((bill) => bill.owedFen > 0)
  if (open.length + plans.length === 0) return html`<p class="card">还没有待还的账单，也没有分期。</p>`
  return html`${open.map(billCard)} ${plans.toReversed().map((plan) => planCard(plan, today))}
    <a class="button main" href="/repay">还款</a>`
}

/** 提前结清 with what it costs today. */
export function settleForm(plan: Plan, cost: Settlement, ticket: string): Markup {
  const totalFen = cost.principalFen + cost.interestFen
  return html`<dl class="card facts">
      ${fact('剩余本金', yuan(cost.principalFen))} ${fact('截至今日利息', yuan(cost.interestFen))}
      ${fact('结清金额', yuan(totalFen))}
    </dl>
    <form method="post" action="/settle/${plan.planNo}" class="stack">
      <input type="hidden" name="ticket" value="${ticket}" />
      <button class="button main">确认结清 ${yuan(totalFen)}</button>
    </form>
    <a class="button plain" href="/plans">再想想</a>
    <p class="hint">演示：不会从任何账户扣钱。</p>`
}
