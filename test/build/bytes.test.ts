import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { paths } from '@paycare/shared/paths'
import { cardAddTexts, checkoutTexts, homeTexts, jumpTexts, stateTexts } from '@paycare/shared/text'
import { beforeAll, describe, expect, it } from 'vitest'

const dist = fileURLToPath(new URL('../../miniapp/dist', import.meta.url))
const h5 = join(dist, 'h5')
const weapp = join(dist, 'weapp')
const KB = 1024

const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))

const text = (file: string): string => readFileSync(file, 'utf8')
const gzipped = (file: string): number => gzipSync(readFileSync(file), { level: 9 }).length
const scriptsUnder = (folder: string): string[] => filesUnder(folder).filter((file) => file.endsWith('.js'))

beforeAll(() => {
  const missing = [join(h5, 'index.html'), join(weapp, 'app.json')].filter((file) => !existsSync(file))
  if (missing.length > 0) {
    throw new Error(`not built: ${missing.join(', ')}; run \`npm run build\` before these tests`)
  }
})

/** Addresses that the page names itself: loaded at once, or asked for ahead of need. */
function namedBy(page: string, pattern: RegExp): string[] {
  return [...page.matchAll(pattern)].map((match) => join(h5, match[1] ?? ''))
}

describe('H5', () => {
  /** The scripts that the home page needs. */
  function firstScripts(): string[] {
    const page = text(join(h5, 'index.html'))
    const entries = namedBy(page, /<script[^>]* src="([^"]+)"/g)
    const home = namedBy(page, /<link rel="preload" as="script" href="([^"]+)"/g)
    expect(entries.length).toBeGreaterThan(0)
    expect(home.some((file) => text(file).includes('CreditEntry'))).toBe(true)
    return [...entries, ...home]
  }

  it('loads at most 125 KB of script, gzipped, for its first page', () => {
    const bytes = firstScripts().reduce((sum, file) => sum + gzipped(file), 0)
    expect(bytes).toBeLessThanOrEqual(125 * KB)
  })

  it('loads for its first page no texts of others', () => {
    const loaded = firstScripts().map(text).join('')
    expect(loaded).toContain(homeTexts.nothing)
    const { hold, registration } = stateTexts
    const others = [hold.paid.title, registration.done.title, checkoutTexts.title, jumpTexts.heading, cardAddTexts.why]
    expect(others.filter((words) => typeof words !== 'string' || loaded.includes(words))).toEqual([])
  })

  it('asks for what its first page shows before the first script, and for no style sheet that holds up the first paint', () => {
    const page = text(join(h5, 'index.html'))
    const ahead = [...page.matchAll(/<link rel="preload" as="fetch" href="([^"]+)"/g)].map(([, path]) => path)
    expect(ahead).toEqual([paths.readSession[1], paths.readHome[1]])
    expect(page).not.toMatch(/rel="?stylesheet/)
  })

  it('has no script above 90 KB gzipped', () => {
    const large = scriptsUnder(h5).filter((file) => gzipped(file) > 90 * KB)
    expect(large).toEqual([])
  })

  it('has no inline script and nothing from elsewhere', () => {
    const page = text(join(h5, 'index.html'))
    expect(page).not.toMatch(/<script(?![^>]* src=)/)
    expect(page).not.toMatch(/ on[a-z]+=|javascript:/)
    expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//)
    const styles = filesUnder(h5).filter((file) => file.endsWith('.css'))
    const elsewhere = styles.filter((file) => /(?:url\(\s*["']?|@import\s+["'])(?:https?:)?\/\//.test(text(file)))
    expect(elsewhere).toEqual([])
  })
})

describe('WeChat', () => {
  const bytesOf = (files: readonly string[]): number => files.reduce((sum, file) => sum + statSync(file).size, 0)

  function packageRoots(): string[] {
    const config = JSON.parse(text(join(weapp, 'app.json'))) as {
      subPackages?: { root: string }[]
      subpackages?: { root: string }[]
    }
    return (config.subPackages ?? config.subpackages ?? []).map(({ root }) => join(weapp, root, '/'))
  }

  it('has a main package of at most 500 KB', () => {
    const roots = packageRoots()
    expect(roots.length).toBeGreaterThan(0)
    const main = filesUnder(weapp).filter((file) => !roots.some((root) => file.startsWith(root)))
    expect(bytesOf(main)).toBeLessThanOrEqual(500 * KB)
  })

  it('has no other package above 300 KB', () => {
    const large = packageRoots().filter((root) => bytesOf(filesUnder(root)) > 300 * KB)
    expect(large).toEqual([])
  })
})

describe.each([
  ['H5', h5],
  ['WeChat', weapp],
])('every script of %s', (_, folder) => {
  it('is read by a parser without complaint', async () => {
    const check = promisify(execFile)
    await Promise.all(scriptsUnder(folder).map((file) => check(process.execPath, ['--check', file])))
  })

  it('carries no schema library', () => {
    const carrying = scriptsUnder(folder).filter((file) => text(file).includes('ZodError'))
    expect(carrying).toEqual([])
  })
})
