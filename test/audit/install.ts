import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

const folder = fileURLToPath(new URL('.', import.meta.url))
const home = join(folder, 'node_modules/lighthouse')

const manifest = z.object({ version: z.string(), dependencies: z.record(z.string(), z.string()).default({}) })
const read = (file: string) => manifest.parse(JSON.parse(readFileSync(file, 'utf8')))

/** Lighthouse's own program. */
export const program = join(home, 'cli/index.js')

/** The version that the manifest here names. */
export const wantedVersion = read(join(folder, 'package.json')).dependencies['lighthouse'] ?? ''

export function isInstalled(): boolean {
  const installed = join(home, 'package.json')
  return existsSync(installed) && read(installed).version === wantedVersion
}

/** Installs what the lock file here names; no script of any package runs. */
export function install(): void {
  execFileSync('npm', ['ci', '--ignore-scripts'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
}
