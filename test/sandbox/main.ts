import { readFileSync } from 'node:fs'
import { createSandbox, serveSandbox, systemRandom } from './index.ts'
import { sandboxConfig } from './config.ts'

const PRODUCT_DEADLINE_MS = 15_000

const file = process.env['SANDBOX_CONFIG']
if (!file) throw new Error('SANDBOX_CONFIG must name a JSON file')
const sandbox = createSandbox(sandboxConfig.parse(JSON.parse(readFileSync(file, 'utf8'))), {
  clock: { now: () => Date.now() },
  random: systemRandom,
  fetch: (url, init) => fetch(url, { ...init, signal: AbortSignal.timeout(PRODUCT_DEADLINE_MS) }),
})
const running = await serveSandbox(sandbox)
process.stdout.write(`${JSON.stringify({ ready: true, ports: running.ports })}\n`)

let closing = false
const stop = (): void => {
  if (closing) return
  closing = true
  void running.close().then(() => process.exit(0))
}
process.on('SIGTERM', stop)
process.on('SIGINT', stop)
