import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Phone } from './browser.ts'
import type { Element } from './dom.ts'
import { front } from './phone.ts'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
/** Everything that WCAG asks for up to 2.2 AA, and what axe thinks good besides. */
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const run = `axe.run(document, { runOnly: ${JSON.stringify(tags)}, resultTypes: ['violations'] })`

/** What axe finds on the page in front, one line per finding. */
export async function violations({ page }: Phone): Promise<string[]> {
  const present = await page.evaluate('typeof axe === "object"')
  if (present !== true) await page.evaluate(source)
  const found: AxeResults = await page.evaluate(run)
  return found.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 120)}`))
}

/** What is a code by its nature: a patient reads it out to the hospital, or looks for it on a door or a screen. */
const codes = [
  /(?<=(?:付款编号|挂号编号|银行流水尾号|签约协议尾号|服务编号|预约号|就诊序号)\s+)\w+/g,
  /(?<=\d ?楼 ?)[A-Z](?= ?区)/g,
  /\b(?:PDF|CT)\b/g,
]
const slips: Readonly<Record<string, RegExp>> = {
  'empty value': /undefined|null|NaN|\[object|Invalid Date/,
  'word of the code': /\b[a-z]+[A-Z]\w*|\b[A-Z]\w*_\w+/,
  'Latin word': /[A-Za-z]+/,
  'ISO date': /\d{4}-\d{2}-\d{2}|\d{2}:\d{2}:\d{2}/,
  /** Money is spoken in yuan, without commas. */
  'bare number': /\d{6,}(?!\d| 元)/,
  'name that is not ours': /信用付/,
  'empty place': /[{}]|^\s*· |· *$|（\s*）/,
}

/** Traces of the machine in what a page shows or speaks. */
export async function traces(phone: Phone): Promise<string[]> {
  const shown = await front(phone).innerText()
  const spoken = await front(phone)
    .locator('[aria-label], [placeholder], [alt], [title]')
    .evaluateAll((elements: Element[]) =>
      elements.flatMap((element) =>
        ['aria-label', 'placeholder', 'alt', 'title'].map((name) => element.getAttribute(name) ?? ''),
      ),
    )
  const all = [shown, ...spoken, await phone.page.title()].join('\n')
  return codes
    .reduce((text, code) => text.replace(code, ''), all)
    .split('\n')
    .flatMap((line) => Object.entries(slips).flatMap(([name, slip]) => (slip.test(line) ? [`${name}: ${line}`] : [])))
}
