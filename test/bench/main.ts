import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { engineSection } from './engine.ts'
import { httpSection } from './http.ts'
import { loopSection } from './loop.ts'
import { postgresSection } from './postgres.ts'
import { Scratch } from './scratch.ts'
import { isMet, markdown, type Result } from './table.ts'

const document = fileURLToPath(new URL('../../docs/performance.md', import.meta.url))
const [opening, closing] = ['<!-- bench -->', '<!-- /bench -->']

/** `--small` shows that everything works; its figures mean nothing. */
const isSmall = process.argv.includes('--small')
const scratch = new Scratch()
const sections: Readonly<Record<string, () => Promise<Result>>> = {
  engine: () => engineSection(scratch, isSmall ? { 1: 20, 16: 64, 64: 64 } : { 1: 300, 16: 1_280, 64: 1_280 }),
  http: () => httpSection(scratch, isSmall ? 20 : 240),
  postgres: () =>
    isSmall ? postgresSection({ 1: 10, 16: 32, 64: 64 }, 40) : postgresSection({ 1: 60, 16: 320, 64: 320 }, 400),
  loop: () => loopSection(scratch, isSmall ? 20 : 240),
}

const wanted = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const unknown = wanted.filter((name) => !(name in sections))
if (unknown.length > 0)
  throw new Error(`no section ${unknown.join(', ')}; there are ${Object.keys(sections).join(', ')}`)

const results: Result[] = []
try {
  for (const [name, section] of Object.entries(sections)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue
    console.error(`${name} …`)
    results.push(await section())
  }
} finally {
  scratch.remove()
}
const report = `${machine()}\n\n${markdown(results)}`
console.log(report)
if (process.argv.includes('--write')) write(report)
const missed = results.flatMap((result) => result.rows).filter((row) => !isMet(row)).length
console.log(missed === 0 ? '\nEvery bar is met.' : `\nBars missed: ${missed}`)

/** What decides about the figures, and nothing that names the machine. */
function machine(): string {
  const memory = new Database(':memory:')
  const sqlite = String(memory.prepare('select sqlite_version()').pluck().get())
  memory.close()
  const [cpu] = cpus()
  return `${cpus().length} cores (${cpu?.model.trim() ?? 'unknown'}), Node ${process.versions.node}, SQLite ${sqlite}.`
}

function write(text: string): void {
  if (results.length < Object.keys(sections).length || isSmall) throw new Error('only a whole run is written down')
  const old = readFileSync(document, 'utf8')
  const [before, after] = [old.indexOf(opening), old.indexOf(closing)]
  if (before < 0 || after < before) throw new Error('docs/performance.md has no place for the table')
  writeFileSync(document, `${old.slice(0, before + opening.length)}\n\n${text}\n\n${old.slice(after)}`)
}
