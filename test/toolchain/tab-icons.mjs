// Draws the icons of WeChat's tab bar, which takes only PNG, from the drawings and colours of the app. Run it after changing either:
// node test/toolchain/tab-icons.mjs
import { mkdirSync, readFileSync } from 'node:fs'
import packed from '@sparticuz/chromium'
import { chromium } from 'playwright-core'

const source = new URL('../../miniapp/src/', import.meta.url)
const folder = new URL('tab-icons/', source)
const drawings = { home: 'home', records: 'visits', mine: 'person' }
/** WeChat's own size for these icons. */
const sizePx = 81

const read = (file) => readFileSync(new URL(file, source), 'utf8')

function drawingOf(name) {
  const [, drawing] = new RegExp(`\\.Icon--${name} \\{\\s*--drawing: url\\("data:image/svg\\+xml,([^"]+)"\\)`).exec(
    read('ui/Icon.scss'),
  )
  return decodeURIComponent(drawing)
}

const themes = JSON.parse(read('theme.json'))
const executablePath = process.env.CHROMIUM_PATH ?? (await packed.executablePath())
const browser = await chromium.launch({ executablePath, args: packed.args, headless: true })
const page = await browser.newPage({ viewport: { width: sizePx, height: sizePx } })
mkdirSync(folder, { recursive: true })
for (const [theme, { tabText, tabChosen }] of Object.entries(themes)) {
  for (const [icon, name] of Object.entries(drawings)) {
    for (const [ending, colour] of Object.entries({ '': tabText, '-chosen': tabChosen })) {
      const svg = drawingOf(name).replace('#000', colour).replace('<svg', `<svg width="${sizePx}" height="${sizePx}"`)
      await page.setContent(`<body style="margin:0">${svg}`)
      await page.screenshot({ path: new URL(`${icon}-${theme}${ending}.png`, folder).pathname, omitBackground: true })
    }
  }
}
await browser.close()
