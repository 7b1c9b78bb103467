// What the tests need before they can run: SQLite for this machine and both builds of the app, side by side.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { ensureNative } from './native.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))

function build(target) {
  const startedMs = Date.now()
  return new Promise((resolve, reject) => {
    let output = ''
    const child = spawn('npm', ['run', `build:${target}`, '--workspace', 'miniapp'], { cwd: root })
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.once('close', (code) => {
      if (code !== 0) return reject(new Error(output))
      console.log(`    The app is built for ${target} (${Math.round((Date.now() - startedMs) / 1000)} s).`)
      resolve()
    })
  })
}

async function buildBoth() {
  await build('h5')
  await build('weapp')
}

const progress = setInterval(() => console.log('    …'), 20_000)
try {
  console.log('Preparing SQLite and both builds of the app …')
  await Promise.all([ensureNative(), buildBoth()])
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
} finally {
  clearInterval(progress)
}
