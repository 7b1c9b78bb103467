import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { giveBack } from '@paycare/bff/engine/index.ts'
import { systemClock } from '@paycare/bff/ports/system.ts'
import { postgresAt } from './postgres-store.ts'
import { compare, elapsedMs, type Comparison, type Rate } from './rounds.ts'
import { requireAllPaid, Walker } from './walk.ts'

const program = fileURLToPath(new URL('walker-process.ts', import.meta.url))
/** Two lanes: each process works on eight payments of each. */
const institutions = ['a', 'b']
const openedAtOnce = 50

/** The same number of due payments, walked to their end by two workers of two processes and by one. */
export async function twoProcesses(url: string, wakes: number): Promise<Comparison> {
  const store = postgresAt(url)
  const walker = new Walker(store)
  await walker.prepare()
  const children = await Promise.all([started(url), started(url)])
  let bills = 0
  const rate = async (workers: readonly ChildProcess[]): Promise<Rate> => {
    await openDue(walker, bills, wakes)
    bills += wakes
    const ms = await elapsedMs(() => confirmed(workers, wakes))
    await Promise.all(workers.map((child) => answered(child, 'rest', 'resting')))
    await requireAllPaid(store, bills)
    return (wakes / ms) * 1_000
  }
  await rate(children)
  const comparison = await compare(
    () => rate(children),
    () => rate(children.slice(0, 1)),
  )
  await Promise.all(children.map(ended))
  await store.close()
  return comparison
}

/** Stores payments that nobody works on and that are due now. */
async function openDue(walker: Walker, from: number, count: number): Promise<void> {
  const nowMs = systemClock.now()
  for (let at = from; at < from + count; at += openedAtOnce) {
    await walker.store.run(function* () {
      for (let bill = at; bill < Math.min(at + openedAtOnce, from + count); bill++) {
        const { lease } = yield* walker.open(`bill_${bill}`, 'paid', institutions[bill % institutions.length])
        yield* giveBack(lease, nowMs, nowMs)
      }
    })
  }
}

function started(url: string): Promise<ChildProcess> {
  const child = fork(program, [url], { execArgv: ['--import', import.meta.resolve('tsx')] })
  return new Promise((resolve, reject) => {
    child.once('message', () => resolve(child))
    child.once('exit', () => reject(new Error('a process of the bench ended early')))
  })
}

/** Lets the workers work until the counterparty has confirmed so many payments. */
function confirmed(workers: readonly ChildProcess[], count: number): Promise<void> {
  let left = count
  return new Promise((resolve) => {
    for (const child of workers) {
      child.on('message', (message) => {
        if (message !== 'confirmed' || --left > 0) return
        for (const one of workers) one.removeAllListeners('message')
        resolve()
      })
      child.send('start')
    }
  })
}

function answered(child: ChildProcess, told: string, answer: string): Promise<void> {
  return new Promise((resolve) => {
    child.on('message', (message) => {
      if (message === answer) resolve()
    })
    child.send(told)
  })
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.send('end')
  })
}
