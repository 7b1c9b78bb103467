import { expect, it, vi } from 'vitest'
import { places } from './places.ts'

interface Config {
  readonly pages: readonly string[]
  readonly subPackages: readonly { readonly root: string; readonly pages: readonly string[] }[]
}

/** The list from which the H5 app is built. */
async function declaredPages(): Promise<string[]> {
  vi.stubEnv('TARO_ENV', 'h5')
  vi.stubGlobal('defineAppConfig', (config: Config) => config)
  const list = '../../../miniapp/src/app.config.ts'
  const { default: config } = (await import(list)) as { default: Config }
  return [...config.pages, ...config.subPackages.flatMap(({ root, pages }) => pages.map((page) => `${root}/${page}`))]
}

it('every page of the app has its places', async () => {
  expect([...new Set(places.map(({ page }) => page))].sort()).toEqual((await declaredPages()).sort())
})

it('every place has a name of its own', () => {
  const names = places.map(({ page, state }) => `${page} ${state}`)
  expect(names).toEqual([...new Set(names)])
})
