import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DatabaseInUse, holdAlone } from './sole-owner.ts'
import { openSqlite } from './sqlite.ts'

const tsx = import.meta.resolve('tsx')
const source = fileURLToPath(new URL('./sole-owner.ts', import.meta.url))

describe('a SQLite file', () => {
  let folder: string
  let file: string
  let child: ChildProcess | undefined
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'paycare-owner-'))
    file = join(folder, 'paycare.sqlite')
  })
  afterEach(() => {
    child?.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  })

  /** Another process that holds the file until it is killed. */
  async function heldByAnother(): Promise<ChildProcess> {
    const code = `import(${JSON.stringify(source)}).then((owner) => {
      owner.holdAlone(${JSON.stringify(file)}); console.log('held'); setInterval(() => undefined, 60_000) })`
    const other = spawn(process.execPath, ['--import', tsx, '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] })
    await new Promise((resolve) => other.stdout?.once('data', resolve))
    return other
  }

  it('is refused while another process works on it, and free once that one was killed', async () => {
    child = await heldByAnother()
    expect(() => holdAlone(file)).toThrow(DatabaseInUse)
    expect(() => holdAlone(file)).toThrow(`another process works on ${file}`)
    const gone = new Promise((resolve) => child?.once('exit', resolve))
    child.kill('SIGKILL')
    await gone
    const letGo = holdAlone(file)
    expect(() => holdAlone(file)).toThrow(DatabaseInUse)
    letGo()
    holdAlone(file)()
  })

  it('may be read beside its owner, for a backup', () => {
    const letGo = holdAlone(file)
    openSqlite(file).exec('create table thing (id text)').close()
    const reader = openSqlite(file)
    expect(reader.prepare('select count(*) from thing').pluck().get()).toBe(0)
    reader.close()
    letGo()
  })
})
