// The inner loop: static checks, units and journeys side by side, no build, no browser.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { ensureNative } from './native.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const vitest = ['vitest', 'run', '--config', 'test/vitest.config.ts', '--project', 'unit', '--project', 'journeys']

function run(command, args) {
  return new Promise((resolve) => {
    spawn(command, args, { cwd: root, stdio: 'inherit' }).once('close', (code) => resolve(code ?? 1))
  })
}

await ensureNative()
const codes = await Promise.all([run('npm', ['run', '--silent', 'check']), run('npx', vitest)])
process.exitCode = Math.max(...codes)
