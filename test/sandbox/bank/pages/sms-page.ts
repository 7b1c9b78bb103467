import { html, type Markup } from '../../markup.ts'
import { timestamp } from '../../day.ts'
import { maskPhone } from '../identity.ts'
import type { Sms } from '../sms.ts'

/** The messages that phones would have got, latest first. */
export function smsList(messages: readonly Sms[]): Markup {
  return html`<p>这里的短信不会真的发出，供演示时查看。</p>
    ${messages.length === 0 ? html`<p class="card">还没有短信。</p>` : null}
    <ul class="messages">
      ${messages.toReversed().map(
        (one) =>
          html`<li class="card">
            <p class="line hint"><span>发往 ${maskPhone(one.phone)}</span><span>${timestamp(one.atMs)}</span></p>
            <p>${one.text}</p>
          </li>`,
      )}
    </ul>
    <a class="button plain" href="/sms">刷新</a>`
}
