import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What the app declares about itself, as far as running it needs. */
interface AppConfig {
  readonly pages: readonly string[]
  readonly subPackages?: readonly { readonly root: string; readonly pages: readonly string[] }[]
  readonly tabBar?: { readonly list: readonly { readonly pagePath: string }[] }
}

/** What a page or component declares about itself. */
interface PartConfig {
  readonly component?: boolean
  readonly usingComponents?: Readonly<Record<string, string>>
}

/** The WeChat build as WeChat receives it: texts by path, without a leading slash. */
export interface Build {
  readonly files: ReadonlyMap<string, string>
  /** Every page, entry first. */
  readonly pages: readonly string[]
  /** Pages of WeChat's own tab bar. */
  readonly tabs: readonly string[]
  readonly partConfig: (path: string) => PartConfig
}

/** Where `npm run build:weapp` leaves the app. */
export const weappDir = fileURLToPath(new URL('../../miniapp/dist/weapp', import.meta.url))

const isText = (path: string): boolean => /\.(?:js|json|wxml|wxs)$/.test(path)

/** Reads a build; throws when there is none. */
export function readBuild(folder: string): Build {
  if (!existsSync(join(folder, 'app.json'))) {
    throw new Error(`not built: ${folder}; run \`npm run build\` before these tests`)
  }
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && isText(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
  return buildOf(
    new Map(files.map((file) => [relative(folder, file).replaceAll(sep, '/'), readFileSync(file, 'utf8')])),
  )
}

/** A build from its texts, `app.json` among them. */
export function buildOf(files: ReadonlyMap<string, string>): Build {
  const config = JSON.parse(files.get('app.json') ?? '') as AppConfig
  const inPackages = (config.subPackages ?? []).flatMap(({ root, pages }) => pages.map((page) => `${root}/${page}`))
  return {
    files,
    pages: [...config.pages, ...inPackages],
    tabs: (config.tabBar?.list ?? []).map(({ pagePath }) => pagePath),
    partConfig: (path) => JSON.parse(files.get(`${path}.json`) ?? '{}') as PartConfig,
  }
}
