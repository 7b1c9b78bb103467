import { spawn } from 'node:child_process'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { Ledger } from './ledger.ts'

/** A try that takes so long is stuck outside every switch, for example inside one statement of the database. */
const stuckAfterMs = 20_000
/** The first try begins within this time. */
const loadedAfterMs = 120_000
/** This part of the tests, those that take least, judges first. */
const lightShare = 0.85

/** What became of one mutant: no test reaches it, every test that reaches it passes, or a test fails for a reason. */
export interface Verdict {
  readonly is: 'killed' | 'survived' | 'unreached'
  readonly by?: string
  readonly why?: string
}

/** Runs every test without a mistake and writes down what it reaches; throws when one fails. */
export async function record(folder: string, ledger: string): Promise<void> {
  const { code, output } = await vitest(folder, { MUTATION_LEDGER: ledger, MUTATION_RECORDS: '1' })
  if (code !== 0) throw new Error(`without a mistake the tests must pass:\n${output}`)
}

/** Judges the mutants in one worker; a worker that hangs is ended, which kills the mutant, and another one goes on. */
export async function judge(
  folder: string,
  ledgerFolder: string,
  mutants: readonly number[],
): Promise<Map<number, Verdict>> {
  const ledger = new Ledger(ledgerFolder)
  const env = { MUTATION_LEDGER: ledgerFolder, MUTATION_WANTED: JSON.stringify(mutants) }
  const times = ledger
    .reach()
    .map(({ ms }) => ms)
    .sort((a, b) => a - b)
  const light = { ...env, MUTATION_MOST_MS: String(times[Math.floor(times.length * lightShare)]) }
  for (const one of [light, env]) await judgeBy(folder, one, ledger)
  return verdictsOf(ledger, mutants)
}

async function judgeBy(folder: string, env: Readonly<Record<string, string>>, ledger: Ledger): Promise<void> {
  for (;;) {
    const { code, output, isStuck } = await vitest(folder, env, ledger.tries)
    if (code === 0) return
    const last = ledger.lines().at(-1)
    if (!last || last.killed !== undefined) throw new Error(`the judgement broke down:\n${output}`)
    ledger.add({ ...last, killed: isStuck ? 'does not end' : 'ends the process' })
  }
}

function verdictsOf(ledger: Ledger, mutants: readonly number[]): Map<number, Verdict> {
  const reached = new Set(ledger.reach().flatMap((one) => one.reached))
  const verdicts = new Map<number, Verdict>()
  for (const id of mutants) verdicts.set(id, { is: reached.has(id) ? 'survived' : 'unreached' })
  for (const { mutant, test, killed } of ledger.lines()) {
    if (killed !== undefined) verdicts.set(mutant, { is: 'killed', by: test, why: killed })
  }
  return verdicts
}

interface Ended {
  readonly code: number | null
  readonly output: string
  readonly isStuck: boolean
}

/** One run of the tests in a process group of its own. `watched`: a file that grows while the run gets on. */
function vitest(folder: string, env: Readonly<Record<string, string>>, watched?: string): Promise<Ended> {
  const args = [join(folder, 'node_modules/vitest/vitest.mjs'), 'run', '--config', 'test/mutation/vitest.config.ts']
  const child = spawn(process.execPath, args, { cwd: folder, detached: true, env: { ...process.env, ...env } })
  let output = ''
  const hear = (chunk: Buffer): void => void (output = `${output}${chunk.toString()}`.slice(-20_000))
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  let isStuck = false
  const end = (): void => void (child.pid !== undefined && process.kill(-child.pid, 'SIGKILL'))
  const stop =
    watched === undefined
      ? () => undefined
      : watch(watched, () => {
          isStuck = true
          end()
        })
  process.once('exit', end)
  return new Promise((resolve) => {
    child.on('close', (code) => {
      stop()
      process.removeListener('exit', end)
      resolve({ code, output, isStuck })
    })
  })
}

function watch(file: string, onStuck: () => void): () => void {
  const sizeOf = (): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0
  const sizeBefore = sizeOf()
  let [size, quietSinceMs] = [sizeBefore, performance.now()]
  const timer = setInterval(() => {
    const now = sizeOf()
    if (now !== size) [size, quietSinceMs] = [now, performance.now()]
    else if (performance.now() - quietSinceMs > (size === sizeBefore ? loadedAfterMs : stuckAfterMs)) onStuck()
  }, 1_000)
  return () => clearInterval(timer)
}
