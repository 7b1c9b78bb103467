import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { appBuild, buildH5, buildSettings, type H5Build } from '../demo/h5-build.ts'
import { heading, homeBars, pageBars, row, type Bar } from './bars.ts'
import { install, isInstalled, program, wantedVersion } from './install.ts'
import { Lighthouse, type Load } from './lighthouse.ts'
import { setScene, type Scene } from './scene.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const rounds = 5

/** The least that Taro can be asked for, built by the app's own configuration. Its settings are relative to `miniapp`. */
const bareBuild: H5Build = {
  name: 'the bare page',
  folder: '.cache/audit/bare',
  sources: ['test/audit/bare', ...buildSettings],
  env: { TARO_APP_SOURCE: '../test/audit/bare', TARO_APP_OUTPUT: '../.cache/audit/bare' },
}

/** Loads home page and bare page in turns, so that a busy machine slows both. */
async function inTurns(lighthouse: Lighthouse, { home, bare }: Scene): Promise<Bar[]> {
  const loads: Record<'home' | 'bare', Load[]> = { home: [], bare: [] }
  console.log(heading)
  for (let round = 1; round <= rounds; round++) {
    for (const [kind, { url }] of [
      ['home', home],
      ['bare', bare],
    ] as const) {
      const load = await lighthouse.load(`${kind}-${round}`, url)
      loads[kind].push(load)
      console.log(row(`${kind} ${round}/${rounds}`, [load]))
      if (kind === 'home') printFailed(load)
    }
  }
  console.log(row('bare, median', loads.bare))
  console.log(row('home, median', loads.home))
  return homeBars(loads.home, loads.bare)
}

async function onceEach(lighthouse: Lighthouse, { others }: Scene): Promise<Bar[]> {
  const bars: Bar[] = []
  for (const { name, url } of others) {
    const load = await lighthouse.load(name, url, ['accessibility', 'best-practices'])
    console.log(row(name, [load]))
    printFailed(load)
    bars.push(...pageBars(name, load))
  }
  return bars
}

function printFailed({ failed }: Load): void {
  for (const check of failed) console.log(`    ${check}`)
}

if (isInstalled()) console.log(`1/4 Lighthouse ${wantedVersion} is here.`)
else {
  console.log(`1/4 Installing Lighthouse ${wantedVersion} (about 200 MB, once) …`)
  install()
}
await buildH5(appBuild, '2/4')
await buildH5(bareBuild, '2/4')
console.log('3/4 Seeding a patient …')
const scene = await setScene(join(root, appBuild.folder), join(root, bareBuild.folder))
const reports = join(root, '.cache/audit/reports')
console.log('4/4 Lighthouse: mobile, simulated slow 4G, 4 × CPU. About five minutes …')
try {
  const lighthouse = new Lighthouse(program, reports, scene.cookie)
  const bars = [...(await inTurns(lighthouse, scene)), ...(await onceEach(lighthouse, scene))]
  for (const { text, isMet } of bars) console.log(`${isMet ? 'ok    ' : 'MISSED'} ${text}`)
  console.log(`Reports of every load: ${reports}`)
  process.exitCode = bars.every((bar) => bar.isMet) ? 0 : 1
} finally {
  await scene.close()
}
