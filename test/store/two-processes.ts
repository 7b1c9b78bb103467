import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { NEVER } from '@paycare/bff/engine/context.ts'
import { migrated } from './stores.ts'
import type { PostgresServer } from './postgres-server.ts'

const program = fileURLToPath(new URL('./wake-process.ts', import.meta.url))
const tsx = import.meta.resolve('tsx')

/** How often a wake was handed out, and how fast. */
export interface Run {
  readonly perSecond: number
  /** Claims of each process. */
  readonly shares: readonly number[]
  /** Claims of something that was claimed before. */
  readonly duplicates: number
  /** Wakes that do not stand as one claim and one giving back leave them. */
  readonly wrongRows: number
}

interface Plan {
  readonly wakes: number
  readonly processes: number
  /** Institutions, each with one channel. */
  readonly lanes: number
  /** How long each subject is worked on; 0: not at all. */
  readonly workMs: number
}

/** Due wakes in one PostgreSQL database, claimed by processes of their own until none is left. */
export async function claimAll(server: PostgresServer, { wakes, processes, lanes, workMs }: Plan): Promise<Run> {
  const url = await migrated(server)
  await server.query(
    `insert into wake (subject_id, subject_kind, lane, due_at, lease_until, fence)
     select 'w' || lpad(n::text, 7, '0'), 'wake', 'i' || (n % ${lanes}) || ':credit', n, 0, 1
     from generate_series(1, ${wakes}) n`,
    url,
  )
  await server.query('vacuum analyze wake', url)
  const env = { ...process.env, WAKES_URL: url, WORK_MS: String(workMs) }
  const children = Array.from({ length: processes }, () => fork(program, { execArgv: ['--import', tsx], env }))
  try {
    await Promise.all(children.map((child) => heard(child, (word) => word === 'ready' || undefined)))
    const startedMs = performance.now()
    await allDone(children, wakes)
    const seconds = (performance.now() - startedMs) / 1_000
    const claims = await Promise.all(children.map(claimsOf))
    const all = claims.flat()
    const [row] = await server.query(
      `select count(*) as wrong from wake where fence <> 2 or lease_until <> 0 or due_at <> ${NEVER}`,
      url,
    )
    return {
      perSecond: wakes / seconds,
      shares: claims.map((one) => one.length),
      duplicates: all.length - new Set(all.map(([subjectId]) => subjectId)).size,
      wrongRows: Number(row?.['wrong']),
    }
  } finally {
    for (const child of children) child.kill('SIGKILL')
  }
}

/** Starts the processes together, and waits until they have claimed as much as there is, whoever has claimed it. */
async function allDone(children: readonly ChildProcess[], wakes: number): Promise<void> {
  const done = children.map(() => 0)
  const over = children.map((child, at) =>
    heard(child, (word) => {
      if (hasNumber(word, 'done')) done[at] = word.done
      return done.reduce((sum, one) => sum + one, 0) >= wakes || undefined
    }),
  )
  for (const child of children) child.send('start')
  await Promise.race(over)
}

async function claimsOf(child: ChildProcess): Promise<readonly (readonly [string, number])[]> {
  const claims = heard(child, (word) => (hasClaims(word) ? word.claims : undefined))
  child.send('end')
  return claims
}

/** The first thing a process says that `wanted` makes something of; rejects when it ends before. */
function heard<T>(child: ChildProcess, wanted: (word: unknown) => T | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    child.on('message', (word) => {
      const found = wanted(word)
      if (found !== undefined) resolve(found)
    })
    child.once('exit', (code) => reject(new Error(`a process ended with ${code}`)))
  })
}

function hasNumber(word: unknown, name: 'done'): word is { done: number } {
  return typeof word === 'object' && word !== null && name in word
}

function hasClaims(word: unknown): word is { claims: [string, number][] } {
  return typeof word === 'object' && word !== null && 'claims' in word
}
