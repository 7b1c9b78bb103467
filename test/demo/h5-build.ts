import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const sources = ['miniapp/src', 'miniapp/config', 'miniapp/babel.config.js', 'shared', 'package-lock.json']

/** Builds the H5 app when its sources have changed since the last build; tells how long it takes. */
export async function buildH5(root: string, cacheFolder: string): Promise<void> {
  const stampFile = join(cacheFolder, 'h5.sha256')
  const stamp = stampOf(root)
  const built = existsSync(join(root, 'miniapp/dist/h5/index.html'))
  if (built && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) {
    console.log('2/4 The app is built already.')
    return
  }
  console.log('2/4 Building the app (about 40 s) …')
  await withProgress((done) => {
    const child = spawn('npm', ['run', 'build:h5', '--workspace', 'miniapp'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.once('exit', (code) => done(code === 0 ? undefined : new Error(output.slice(-4_000))))
  })
  mkdirSync(cacheFolder, { recursive: true })
  writeFileSync(stampFile, stamp)
}

async function withProgress(start: (done: (error?: Error) => void) => void): Promise<void> {
  const startedMs = Date.now()
  const timer = setInterval(() => console.log(`    … ${Math.round((Date.now() - startedMs) / 1000)} s`), 10_000)
  try {
    await new Promise<void>((resolve, reject) => start((error) => (error ? reject(error) : resolve())))
  } finally {
    clearInterval(timer)
  }
}

function stampOf(root: string): string {
  const hash = createHash('sha256')
  for (const source of sources)
    for (const file of filesOf(join(root, source))) hash.update(file).update(readFileSync(file))
  return hash.digest('hex')
}

function filesOf(path: string): string[] {
  const entries = existsSync(path) ? readdirSyncOrFile(path) : []
  return entries.filter((file) => !file.includes('node_modules')).sort()
}

function readdirSyncOrFile(path: string): string[] {
  try {
    return readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
  } catch {
    return [path]
  }
}
