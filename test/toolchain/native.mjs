// Install scripts are off for every package (.npmrc). better-sqlite3 alone needs its own, so it is built here, once, and proved to work.
import { spawn } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const require = createRequire(import.meta.url)
const root = fileURLToPath(new URL('../../', import.meta.url))

/** The binary and where a copy of it outlives `npm ci`, which empties node_modules. */
function places() {
  const manifest = require.resolve('better-sqlite3/package.json')
  const { version } = require(manifest)
  const name = `better-sqlite3-${version}-${process.versions.modules}-${process.platform}-${process.arch}.node`
  return {
    binary: join(dirname(manifest), 'build/Release/better_sqlite3.node'),
    copy: join(root, '.cache/native', name),
  }
}

/** In a process of its own: a binary that was missing once stays missing for the process that looked. */
function works() {
  const probe =
    "const D=require('better-sqlite3');process.exit(new D(':memory:').prepare('select 42').pluck().get()===42?0:1)"
  return run(process.execPath, ['-e', probe]).then(({ code }) => code === 0)
}

function run(command, args) {
  return new Promise((resolve) => {
    let output = ''
    const child = spawn(command, args, { cwd: root })
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.once('error', (error) => resolve({ code: 1, output: String(error) }))
    child.once('close', (code) => resolve({ code, output }))
  })
}

/** Makes sure that SQLite works on this machine; throws with the compiler's words when it cannot. */
export async function ensureNative() {
  if (await works()) return
  const { binary, copy } = places()
  if (existsSync(copy)) {
    mkdirSync(dirname(binary), { recursive: true })
    copyFileSync(copy, binary)
    if (await works()) return
  }
  console.log('    Building SQLite for this machine (about 95 s on one core, once) …')
  const startedMs = Date.now()
  const built = await run('npm', ['rebuild', 'better-sqlite3', '--ignore-scripts=false'])
  if (built.code !== 0 || !(await works())) {
    throw new Error(`${built.output}\nSQLite could not be built. A C compiler, make and Python 3 are needed.`)
  }
  mkdirSync(dirname(copy), { recursive: true })
  copyFileSync(binary, copy)
  console.log(`    SQLite is ready (${Math.round((Date.now() - startedMs) / 1000)} s).`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await ensureNative()
  } catch (error) {
    console.error(error.message)
    process.exitCode = 1
  }
}
