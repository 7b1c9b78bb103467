import { html, yuan, type Markup } from '../../markup.ts'
import { date8, timestamp } from '../../day.ts'
import type { AccountView, OpenAmounts } from '../desk/account.ts'
import type { UseRow } from '../desk/family.ts'
import { maskName } from '../identity.ts'
import { fact, field, problem } from './layout.ts'
import { spokenDate } from './words.ts'
import type { Customer, QuotaStatus } from '../people.ts'

const QUOTA_TEXT: Readonly<Record<QuotaStatus, string | null>> = {
  NORMAL: null,
  FROZEN: '额度已冻结，暂时不能使用。请联系本行客服。',
  OVERDUE: '有账单逾期未还，还清后额度恢复使用。',
  EXPIRED: '额度已到期，暂时不能使用。请联系本行客服。',
}

/** When to repay; an overdue bill has no day left to name. */
function dueText({ dueDate }: AccountView, status: QuotaStatus): string {
  if (dueDate === null) return '暂无欠款'
  return status === 'OVERDUE' ? '已逾期，请尽快还款' : spokenDate(dueDate)
}

/** The quota of a principal with everything that can be done about it. */
export function principalAccount(view: AccountView, customer: Customer): Markup {
  const warning = QUOTA_TEXT[customer.quotaStatus]
  return html`${warning ? html`<p class="note bad" role="alert">${warning}</p>` : null}
    <section class="card quota" aria-label="可用额度">
      <p>可用额度</p>
      <p class="amount">${yuan(view.availableFen)}</p>
      <p class="hint">${maskName(customer.name)} · 协议尾号 ${(customer.agreementNo ?? '').slice(-4)}</p>
    </section>
    <dl class="card facts">
      ${fact('总额度', yuan(view.limitFen))} ${fact('已用待还', yuan(view.usedFen))}
      ${fact('锁定中', yuan(view.lockedFen + view.pendingFen))}
      ${fact('最近还款日', dueText(view, customer.quotaStatus))}
    </dl>
    <nav class="menu" aria-label="办理">
      <a class="button main" href="/repay">还款</a>
      <a class="row" href="/plans">账单与分期</a>
      <a class="row" href="/uses">额度使用详情</a>
      <a class="row" href="/family">亲情付</a>
      <a class="row" href="/terminate">解约</a>
    </nav>`
}

/** What a sharer may know: that the quota is somebody else's, never how large it is (bank.md §5.6). */
export function sharerAccount(principal: Customer): Markup {
  return html`<section class="card result">
      <p class="state good">亲情付 · 使用中</p>
      <p>您使用的是${maskName(principal.name)}的额度，由对方还款。额度多少只有对方能看到。</p>
    </section>
    <nav class="menu" aria-label="办理">
      <a class="row" href="/uses">我的使用详情</a>
      <a class="row" href="/family">退出亲情付</a>
    </nav>`
}

/** Repay all or a part. */
export function repayForm(
  view: AccountView,
  status: QuotaStatus,
  ticket: string,
  typed: string | null,
  wrong: string | null,
): Markup {
  const owed = (view.payableFen / 100).toFixed(2)
  if (view.payableFen === 0) {
    return html`<p class="card">现在没有需要还的款。</p>
      ${view.usedFen > 0 ? html`<a class="row" href="/plans">分期还没有到还款日，可以提前结清</a>` : null}
      <a class="button plain" href="/account">查看额度</a>`
  }
  return html`<dl class="card facts">
      ${fact('现在可还', yuan(view.payableFen))}
      ${view.interestFen > 0 ? fact('其中分期利息', yuan(view.interestFen)) : null}
      ${fact('最近还款日', dueText(view, status))}
    </dl>
    ${problem(wrong)}
    <form method="post" action="/repay" class="stack">
      <input type="hidden" name="ticket" value="${ticket}" />
      ${field('还款金额（元）', {
        name: 'amount',
        value: typed ?? owed,
        hint: '默认全部还清，也可以只还一部分；还款后额度立即恢复',
        wrong: wrong !== null,
        attributes: html`inputmode="decimal" autocomplete="off" maxlength="12"`,
      })}
      <button class="button main">确认还款</button>
    </form>
    <p class="hint">演示：不会从任何账户扣钱。</p>`
}

/** 解约, or what stands in its way. */
export function terminateForm(open: OpenAmounts, sharers: number, wrong: string | null): Markup {
  const openFen = open.usedFen + open.lockedFen
  if (openFen > 0) {
    return html`<p class="note bad" role="alert">还有 ${yuan(openFen)} 已用或锁定中，结清后才能解约。</p>
      ${
        open.usedFen > 0
          ? html`<a class="button main" href="/repay">去还款</a>`
          : html`<p>锁定的金额在就诊结束后扣款或退回，之后再来解约。</p>`
      }
      <a class="button plain" href="/account">查看额度</a>`
  }
  return html`<section class="card text">
      <p>解约后额度立即失效，就医时改用其他方式付费。之后可以重新申请。</p>
      ${sharers > 0 ? html`<p>您的 ${sharers} 位额度共享人同时停止使用。</p>` : null}
    </section>
    ${problem(wrong)}
    <form method="post" action="/terminate" class="stack">
      <label class="check"
        ><input type="checkbox" name="agree" value="yes" required /> <span>我确认解约“信用就医”</span></label
      >
      <button class="button danger">确认解约</button>
    </form>`
}

/** After the agreement has ended. */
export const endedPage = html`<section class="card result" role="status">
    <p class="state wait">已解约</p>
    <p>您的“信用就医”已解约，未使用的额度同时失效。</p>
  </section>
  <a class="button plain" href="/apply">重新申请</a>`

/** 额度使用详情. */
export function usesList(rows: readonly UseRow[], showsWho: boolean): Markup {
  if (rows.length === 0) return html`<p class="card">还没有使用记录。</p>`
  return html`<ul class="uses">
    ${rows.map(
      (row) =>
        html`<li class="card">
          <p class="line"><strong>${row.hospital}</strong><span class="fen">${yuan(row.amountFen)}</span></p>
          ${row.refundedFen > 0 ? html`<p class="line hint"><span>已退款</span><span class="fen">${yuan(row.refundedFen)}</span></p>` : null}
          <p class="line hint">
            <span
              >${showsWho ? `${row.who} · ` : ''}${`${spokenDate(date8(row.atMs))} ${timestamp(row.atMs).slice(11, 16)}`}</span
            ><span>${row.state === 'paid' ? '已扣款' : '锁定中'}</span>
          </p>
        </li>`,
    )}
  </ul>`
}
