import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Phone } from './browser.ts'
import { front } from './phone.ts'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe finds on the page in front, one line per finding. */
export async function violations({ page }: Phone): Promise<string[]> {
  const present = await page.evaluate('typeof axe === "object"')
  if (present !== true) await page.addScriptTag({ content: source })
  const run: AxeResults = await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')
  return run.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 120)}`))
}

/** Numbers that a patient reads out to the hospital: a code by its nature. */
const codes = /(?<=(?:付款编号|银行流水尾号|服务编号)\s+)\w+/g
const allowed = /\bPDF\b/g
const slips: Readonly<Record<string, RegExp>> = {
  'empty value': /undefined|null|NaN|\[object/,
  'ISO date': /\d{4}-\d{2}-\d{2}|\d{2}:\d{2}:\d{2}/,
  'Latin word': /[A-Za-z]+/,
  'bare fen': /\d{6,}/,
}

/** Traces of the machine in what a page shows or speaks. */
export async function traces(phone: Phone): Promise<string[]> {
  const shown = await front(phone).innerText()
  const labels = await front(phone)
    .locator('[aria-label]')
    .evaluateAll((elements: { getAttribute: (name: string) => string | null }[]) =>
      elements.map((element) => element.getAttribute('aria-label') ?? ''),
    )
  const all = [shown, ...labels, await phone.page.title()].join('\n').replace(codes, '').replace(allowed, '')
  return all
    .split('\n')
    .flatMap((line) => Object.entries(slips).flatMap(([name, slip]) => (slip.test(line) ? [`${name}: ${line}`] : [])))
}
