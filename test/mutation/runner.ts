import { TestRunner, type RunnerTask, type RunnerTestCase } from 'vitest'
import { Ledger, type Reach } from './ledger.ts'
import { beginRecord, endRecord, turn } from './switch.ts'

type Try = { readonly repeats: number }

const ledger = new Ledger(process.env['MUTATION_LEDGER'] ?? '.')
const isRecording = process.env['MUTATION_RECORDS'] === '1'
const wanted = process.env['MUTATION_WANTED']
/** An endless loop passes far more switches than the test does without the mistake. */
const stepsFactor = 20
const stepsLeast = 100_000

/** Of tests with the same name together. */
const reach = new Map<string, Reach>()
for (const one of ledger.reach()) {
  const other = reach.get(one.test)
  reach.set(one.test, { ...one, reached: [...new Set([...(other?.reached ?? []), ...one.reached])] })
}
/** First the tests that take little: what they kill need not be judged by the others. */
const mostMs = Number(process.env['MUTATION_MOST_MS'] ?? Infinity)
const alive = new Set<number>(wanted === undefined ? [] : (JSON.parse(wanted) as number[]))
const tried = new Set<string>()
for (const { mutant, test, killed } of isRecording ? [] : ledger.lines()) {
  tried.add(`${mutant} ${test}`)
  if (killed !== undefined) alive.delete(mutant)
}

/**
 * Runs each test without a mistake and writes down what it reaches; or once with each mistake that it reaches and that no test has failed
 * for yet. Everything else is as in any other run.
 */
export default class MutationRunner extends TestRunner {
  #plan: readonly number[] = []
  #beganMs = 0

  override async onBeforeRunTask(task: RunnerTask): Promise<void> {
    await super.onBeforeRunTask(task)
    if (isRecording || task.type !== 'test') return
    const name = nameOf(task)
    const { reached = [], ms = 0 } = reach.get(name) ?? {}
    this.#plan = ms > mostMs ? [] : reached.filter((id) => alive.has(id) && !tried.has(`${id} ${name}`))
    task.repeats = this.#plan.length - 1
    if (this.#plan.length === 0) task.mode = 'skip'
  }

  override onBeforeTryTask(test: RunnerTask, { repeats }: Try = { repeats: 0 }): void {
    super.onBeforeTryTask(test)
    this.#beganMs = performance.now()
    if (isRecording) return beginRecord()
    const mutant = this.#plan[repeats] ?? -1
    const name = nameOf(test)
    if (test.result) test.result.state = 'run'
    ledger.add({ mutant, test: name })
    turn(mutant, Math.max(stepsLeast, (reach.get(name)?.steps ?? 0) * stepsFactor))
  }

  onAfterRetryTask(test: RunnerTestCase, { repeats }: Try): void {
    const { result } = test
    const name = nameOf(test)
    if (isRecording) return ledger.addReach({ test: name, ...endRecord(), ms: performance.now() - this.#beganMs })
    const mutant = this.#plan[repeats] ?? -1
    turn(-1, Number.MAX_SAFE_INTEGER)
    if (result?.state !== 'fail') return
    alive.delete(mutant)
    ledger.add({ mutant, test: name, killed: (result.errors?.[0]?.message ?? 'failed').slice(0, 200) })
    result.state = 'run'
    delete result.errors
  }

  override onAfterRunTask(task: RunnerTask): void {
    if (!isRecording && task.result?.state === 'run') task.result.state = 'pass'
    super.onAfterRunTask(task)
  }
}

function nameOf(test: RunnerTask): string {
  const parents: string[] = []
  for (let at = test.suite; at; at = at.suite) parents.unshift(at.name)
  return [test.file.name, ...parents, test.name].join(' > ')
}
