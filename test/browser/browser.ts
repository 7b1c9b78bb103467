import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import packed from '@sparticuz/chromium'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import type { World } from '../world/world.ts'

/** The H5 build that the BFF serves to the browser. */
export const h5Dir = fileURLToPath(new URL('../../miniapp/dist/h5', import.meta.url))

export interface PhoneOptions {
  readonly width?: number
  readonly height?: number
  readonly scale?: number
  readonly dark?: boolean
  /** Lifts the content security policy, so that what it would stop happens after all. */
  readonly letScriptsIn?: boolean
  /** Origins of pages outside the app that this browser may open besides WeChat's. */
  readonly alsoAt?: (world: World) => readonly string[]
}

/** One browser with one page, watched from the first request on. */
export interface Phone {
  readonly page: Page
  readonly url: string
  /** The server is going to say no here, and the browser itself writes that to the console. */
  readonly expectRefusal: (status: number, path: string) => void
  /** An answer is going to be lost on its way here; the browser writes that to the console, too. */
  readonly expectLoss: (path: string) => void
  /** Everything that must not happen: errors on the console or in scripts, violated policies, requests to strangers. */
  readonly complaints: () => readonly string[]
  readonly close: () => Promise<void>
}

/** Opens a browser on nothing yet. One at a time: the packed browser is a single process. */
export async function openPhone(world: World, options: PhoneOptions = {}): Promise<Phone> {
  const folder = mkdtempSync(join(tmpdir(), 'paycare-browser-'))
  const browser = await launch(folder)
  const context = await browser.newContext({
    viewport: { width: options.width ?? 390, height: options.height ?? 844 },
    deviceScaleFactor: options.scale ?? 1,
    colorScheme: options.dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    bypassCSP: options.letScriptsIn ?? false,
  })
  context.setDefaultTimeout(20_000)
  const watch = watchOver(context, world, options.alsoAt?.(world))
  await context.addInitScript({ content: policyReporter })
  const page = await context.newPage()
  return {
    page,
    url: world.url,
    ...watch,
    close: async () => {
      await closed(browser)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const policyReporter = `addEventListener('securitypolicyviolation', (event) => {
  console.error('policy violated: ' + event.violatedDirective + ' ' + event.blockedURI)
})`

const ownPath = process.env['CHROMIUM_PATH']

/** The browser of the machine when `CHROMIUM_PATH` names one, else the packed one; Chinese comes from the packed font either way. */
export async function browserProgram(folder: string): Promise<{ executablePath: string; env: NodeJS.ProcessEnv }> {
  packed.setGraphicsMode = false
  return {
    executablePath: ownPath ?? (await packed.executablePath()),
    env: { ...process.env, FONTCONFIG_FILE: fontsConfig(folder), HOME: folder },
  }
}

async function launch(folder: string): Promise<Browser> {
  const program = await browserProgram(folder)
  const args = ownPath === undefined ? packed.args : ['--no-sandbox']
  return chromium.launch({ ...program, args, headless: true })
}

function fontsConfig(folder: string): string {
  const fonts = join(dirname(createRequire(import.meta.url).resolve('@embedpdf/fonts-sc')), '../fonts')
  const file = join(folder, 'fonts.conf')
  const body = `<dir>${fonts}</dir><cachedir>${join(tmpdir(), 'paycare-fonts')}</cachedir>`
  writeFileSync(file, `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${body}</fontconfig>`)
  return file
}

type Watch = Pick<Phone, 'expectRefusal' | 'expectLoss' | 'complaints'>

/** Listens to everything a page could do wrong. WeChat's own page may fail as it likes, but not be anywhere else than it is. */
function watchOver(context: BrowserContext, world: World, alsoAt: readonly string[] = []): Watch {
  const wrong: { readonly text: string; readonly refusal?: string }[] = []
  const expected = new Set<string>()
  const wechat = new URL(world.x.wechat.authorizeUrl(world.url, 'x')).origin
  context.on('weberror', (error) => wrong.push({ text: `script: ${error.error().message}` }))
  context.on('console', (message) => {
    const at = message.location().url
    if (message.type() !== 'error' || at.startsWith(`${wechat}/`)) return
    const status = /the server responded with a status of (\d+)/.exec(message.text())?.[1]
    const outcome = message.text().includes('net::ERR_FAILED') ? 'lost' : status
    const path = URL.canParse(at) ? new URL(at).pathname : ''
    wrong.push({
      text: `console: ${message.text()} ${at}`,
      ...(outcome === undefined ? {} : { refusal: `${outcome} ${path}` }),
    })
  })
  context.on('request', (request) => {
    const { protocol, origin } = new URL(request.url())
    if (protocol === 'data:' || protocol === 'blob:') return
    if (![world.url, wechat, ...alsoAt].includes(origin)) wrong.push({ text: `foreign request: ${request.url()}` })
  })
  return {
    expectRefusal: (status, path) => void expected.add(`${status} ${path}`),
    expectLoss: (path) => void expected.add(`lost ${path}`),
    complaints: () => wrong.filter(({ refusal = '' }) => !expected.has(refusal)).map(({ text }) => text),
  }
}

/** A single-process browser may die of its own closing; it is gone either way. */
async function closed(browser: Browser): Promise<void> {
  await browser.close().catch(() => undefined)
}
