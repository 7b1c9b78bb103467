import { html, page, type Markup } from '../../markup.ts'
import type { PageSession } from './sessions.ts'

/** 演示银行，非真实: the first thing on every page. */
export const BANNER = '演示银行，非真实'

/** What stands around a page's own content. */
export interface Frame {
  readonly title: string
  /** Null where nobody is known to be here. */
  readonly session: PageSession | null
  /** Name of the hospital to go back to. */
  readonly hospital?: string
  /** Back to the page before, inside the bank. */
  readonly back?: string
}

const returnAddress = ({ returnTo }: PageSession): string => (returnTo.appId === '' ? returnTo.path : '/mini/back')

function returnLink(session: PageSession, hospital: string): Markup {
  return html`<nav class="leave" aria-label="返回">
    <a class="button plain" href="${returnAddress(session)}">返回${hospital}</a>
  </nav>`
}

/** A whole page of the bank. Forms and links only: it works without scripts and has none. */
export function bankPage(frame: Frame, body: Markup): string {
  const { session, hospital = '医院' } = frame
  const notice = session?.notice ?? null
  if (session) session.notice = null
  return page(
    { title: `${frame.title} · 演示银行`, style: '/bank.css' },
    html`<body>
      <a class="skip" href="#main">跳到正文</a>
      <aside class="demo" aria-label="说明">${BANNER}</aside>
      <header class="top">
        <span class="logo" aria-hidden="true"></span><span class="brand">演示银行</span><span>“信用就医”</span>
      </header>
      <main id="main">
        ${frame.back ? html`<a class="back" href="${frame.back}">‹ 返回上一页</a>` : null}
        <h1>${frame.title}</h1>
        ${notice ? html`<p class="note good" role="status">${notice}</p>` : null} ${body}
      </main>
      ${session ? returnLink(session, hospital) : null}
    </body>`,
  )
}

/** A row of a description list. */
export const fact = (name: string, value: Markup | string): Markup =>
  html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`

/** What is wrong with a form, told at its top. */
export const problem = (text: string | null): Markup | null =>
  text === null ? null : html`<p class="note bad" role="alert" id="problem">${text}</p>`

/** A labelled input; `wrong` marks it and ties it to the message above. */
export function field(
  label: string,
  input: { name: string; value?: string; hint?: string; attributes: Markup; wrong?: boolean },
): Markup {
  const hintId = `${input.name}-hint`
  const describedBy = [input.hint ? hintId : '', input.wrong ? 'problem' : ''].filter(Boolean).join(' ')
  return html`<div class="field">
    <label for="${input.name}">${label}</label>
    ${input.hint ? html`<p class="hint" id="${hintId}">${input.hint}</p>` : null}
    <input
      id="${input.name}"
      name="${input.name}"
      value="${input.value ?? ''}"
      required
      ${describedBy ? html`aria-describedby="${describedBy}"` : null}
      ${input.wrong ? html`aria-invalid="true"` : null}
      ${input.attributes}
    />
  </div>`
}

/** The page for a code out of a message: apply and family share it. */
export function codeForm(action: string, phone: string, wrong: string | null): Markup {
  return html`<p>验证码已发送至 ${phone}，5 分钟内有效。</p>
    ${problem(wrong)}
    <form method="post" action="${action}" class="stack">
      ${field('短信验证码', {
        name: 'code',
        hint: '6 位数字',
        wrong: wrong !== null,
        attributes: html`inputmode="numeric" autocomplete="one-time-code" maxlength="6" pattern="[0-9]{6}"`,
      })}
      <button class="button main">确认</button>
    </form>
    <form method="post" action="${action}/again"><button class="button plain">重新发送验证码</button></form>
    <p class="hint">
      演示银行的短信不会真的发出，请在<a href="/sms" target="_blank" rel="noopener">演示短信</a>中查看（在新窗口打开）。
    </p>`
}
