import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { Counts } from './counts.ts'
import type { SimulationOptions, SimulationReport } from './report.ts'

/** A day is as large as a hospital's busiest morning; many days are many seeds, so that memory stays bounded. */
const paymentsPerDay = 1_000
const registrationsPerDay = 150
const rsaPayments = 1_000

/** The days that make up a run: so many payments in plain text, and a smaller day in which everything is signed and encrypted. */
export function daysOf(seed: number, payments: number, isWhole: boolean): SimulationOptions[] {
  const count = Math.ceil(payments / paymentsPerDay)
  const plain = Array.from({ length: count }, (_, at): SimulationOptions => ({
    seed: seed + at,
    payments: Math.min(paymentsPerDay, payments - at * paymentsPerDay),
    registrations: registrationsPerDay,
    profile: 'NONE',
    faults: true,
  }))
  const rsa: SimulationOptions = {
    seed: seed + count,
    payments: rsaPayments,
    registrations: registrationsPerDay,
    profile: 'BOCOM_RSA',
    faults: true,
  }
  return isWhole ? [rsa, ...plain] : plain
}

/** What several days counted together, and everything that was wrong in any of them, each with its seed. */
export interface RunReport {
  readonly days: readonly SimulationReport[]
  readonly counts: Counts
  readonly violations: readonly string[]
  readonly cpuMs: number
}

/** What a process that played one day sends home; its CPU time is that of all its days so far. */
export interface PlayedDay {
  readonly report: SimulationReport
  readonly cpuMs: number
}

/** The arguments that play a day again. */
function replayOf({ seed, payments, registrations, profile }: SimulationOptions): string {
  const rsa = profile === 'BOCOM_RSA' ? ' --rsa' : ''
  return `--day --seed ${seed} --payments ${payments} --registrations ${registrations}${rsa}`
}

/** Plays the days in so many processes at a time, each one day after the other. */
export async function playDays(
  days: readonly SimulationOptions[],
  processes: number,
  told: (report: SimulationReport) => void = () => undefined,
): Promise<RunReport> {
  const left = [...days]
  const reports: SimulationReport[] = []
  const play = (): Promise<number> =>
    playApart(
      () => left.shift(),
      (report) => {
        reports.push(report)
        told(report)
      },
    )
  const cpuMs = await Promise.all(Array.from({ length: Math.min(processes, days.length) }, play))
  const counts = new Counts()
  for (const report of reports) counts.include(report.counts)
  const violations = reports.flatMap(({ options, violations }) =>
    violations.map((text) => `${replayOf(options)}: ${text}`),
  )
  return { days: reports, counts, violations, cpuMs: cpuMs.reduce((sum, ms) => sum + ms, 0) }
}

/** One process that is given a day whenever it has played one, until there is none; answers the CPU time that it took. */
function playApart(
  next: () => SimulationOptions | undefined,
  told: (report: SimulationReport) => void,
): Promise<number> {
  const shard = fileURLToPath(new URL('./shard.ts', import.meta.url))
  const child = fork(shard, [], { execArgv: ['--import', 'tsx'] })
  let cpuMs = 0
  const give = (): void => {
    const day = next()
    if (day) child.send(day)
    else child.disconnect()
  }
  give()
  return new Promise((resolve, reject) => {
    child.on('message', (message) => {
      const played = message as PlayedDay
      cpuMs = played.cpuMs
      told(played.report)
      give()
    })
    child.on('error', reject)
    child.on('exit', (code) => {
      if (code === 0) resolve(cpuMs)
      else reject(new Error(`a process of the simulation ended with ${code}`))
    })
  })
}
