import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** Something that the app's configuration builds for H5. Paths are relative to the root. */
export interface H5Build {
  readonly name: string
  readonly folder: string
  /** Everything that the build is made of. */
  readonly sources: readonly string[]
  /** Settings of `miniapp/config`. */
  readonly env: Readonly<Record<string, string>>
}

/** What every H5 build is made with. */
export const buildSettings = ['miniapp/config', 'miniapp/babel.config.js', 'package-lock.json']

/** The app itself. */
export const appBuild: H5Build = {
  name: 'the app',
  folder: 'miniapp/dist/h5',
  sources: ['miniapp/src', 'shared', ...buildSettings],
  env: {},
}

/** Builds for H5 when the sources have changed since the last build; tells, as this step, how long it takes. */
export async function buildH5(build: H5Build, step: string): Promise<void> {
  // In the output itself: a build that somebody else makes takes the stamp away.
  const stampFile = join(root, build.folder, 'sources.sha256')
  const stamp = stampOf(build)
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) {
    console.log(`${step} Built already: ${build.name}.`)
    return
  }
  console.log(`${step} Building ${build.name} (about 40 s) …`)
  await withProgress((done) => {
    const child = spawn('npm', ['run', 'build:h5', '--workspace', 'miniapp'], {
      cwd: root,
      env: { ...process.env, ...build.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.once('exit', (code) => done(code === 0 ? undefined : new Error(output.slice(-4_000))))
  })
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

function stampOf({ sources }: H5Build): string {
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
