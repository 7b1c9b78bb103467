/** HTML that is safe to put into a page. */
export interface Markup {
  readonly html: string
}

type Child = Markup | string | number | null | false | readonly Child[]

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escape = (text: string): string => text.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char)

function render(child: Child): string {
  if (child === null || child === false) return ''
  if (typeof child === 'string') return escape(child)
  if (typeof child === 'number') return String(child)
  return 'html' in child ? child.html : child.map(render).join('')
}

/** A template whose values are escaped unless they are markup themselves. */
export function html(parts: TemplateStringsArray, ...values: readonly Child[]): Markup {
  return { html: parts.reduce((text, part, at) => text + render(values[at - 1] ?? null) + part) }
}

/** A whole page with its own stylesheet and, if it has one, its own script; nothing inline, nothing from elsewhere. */
export function page(head: { title: string; style: string; script?: string }, body: Markup): string {
  return html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${head.title}</title>
        <link rel="stylesheet" href="${head.style}" />
        <link rel="icon" href="data:," />
        ${head.script ? html`<script src="${head.script}" defer></script>` : null}
      </head>
      ${body}
    </html>`.html
}

/** ¥1,234.50 out of fen. */
export function yuan(fen: number): string {
  const whole = Math.trunc(Math.abs(fen) / 100)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',')
  return `${fen < 0 ? '-' : ''}¥${whole}.${String(Math.abs(fen) % 100).padStart(2, '0')}`
}

/** “12.5”, “¥1,200” … typed by a person → fen; null when it is no amount. */
export function typedFen(text: string): number | null {
  const match = /^(\d{1,8})(?:\.(\d{1,2}))?$/.exec(text.replace(/[¥,，\s]/g, ''))
  return match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : null
}
