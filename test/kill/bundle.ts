import { spawnSync } from 'node:child_process'
import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
/** The transformer that `tsx` runs the BFF with, used ahead of time. */
const esbuild = join(root, 'node_modules/esbuild/bin/esbuild')
/** CommonJS packages inside an ES module still ask for what Node has. */
const banner = `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`

/**
 * Puts a program of the BFF into one file, so that a hundred starts do not transform a hundred times; answers its path. Same sources, same
 * transformer as `tsx`; native packages and migrations are those of the tree.
 */
export function bundle(entry: string, folder: string, name: string): string {
  const outfile = join(folder, `${name}.mjs`)
  const native = ['--external:better-sqlite3', '--external:pg-native']
  const how = ['--bundle', '--platform=node', '--format=esm', '--target=node20', '--log-level=warning']
  const args = [esbuild, join(root, entry), ...how, ...native, `--banner:js=${banner}`, `--outfile=${outfile}`]
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`no bundle of ${entry}: ${stderr}`)
  return outfile
}

/** Makes a folder a place that bundles run from. */
export function furnish(folder: string): void {
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  symlinkSync(join(root, 'bff/db/migrations'), join(folder, 'migrations'))
}
