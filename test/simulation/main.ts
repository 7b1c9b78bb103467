import { parseArgs } from 'node:util'
import { matrix, missing } from './coverage.ts'
import { Counts } from './counts.ts'
import { daysOf, playDays, type RunReport } from './shards.ts'
import { simulate } from './simulate.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    /** Of the whole run; `--day` plays one day of so many. */
    payments: { type: 'string', default: '20000' },
    shards: { type: 'string', default: '2' },
    day: { type: 'boolean', default: false },
    registrations: { type: 'string', default: '150' },
    rsa: { type: 'boolean', default: false },
    calm: { type: 'boolean', default: false },
  },
})

/** One day in this process, as a seed is replayed. */
async function oneDay(): Promise<RunReport> {
  const report = await simulate({
    seed: Number(values.seed),
    payments: Number(values.payments),
    registrations: Number(values.registrations),
    profile: values.rsa ? 'BOCOM_RSA' : 'NONE',
    faults: !values.calm,
  })
  const counts = new Counts()
  counts.include(report.counts)
  return { days: [report], counts, violations: report.violations, cpuMs: process.cpuUsage().user / 1_000 }
}

const startedMs = performance.now()
const days = values.day ? [] : daysOf(Number(values.seed), Number(values.payments), true)
const run = values.day
  ? await oneDay()
  : await playDays(days, Number(values.shards), ({ options, counts, violations }) => {
      const { seed, profile } = options
      console.log(`seed ${seed} ${profile}: ${counts['payments'] ?? 0} payments, ${violations.length} violations`)
    })
const { counts, violations, cpuMs } = run
const payments = counts.of('payments')
const seconds = (performance.now() - startedMs) / 1_000

console.log(matrix(counts))
for (const name of ['crash', 'crash between send and settle', 'freeze', 'lease lost', 'acknowledged to HIS'])
  console.log(`${name}: ${counts.of(name)}`)
for (const state of ['declined', 'expired', 'paid', 'released']) {
  console.log(`payments ended ${state}: ${counts.of(`payments ended ${state}`)}`)
}
const touched = (100 * counts.of('payments touched by a fault')) / payments
console.log(`touched by a fault: ${touched.toFixed(0)} % of ${payments} payments`)
console.log(`${seconds.toFixed(0)} s, ${(cpuMs / payments).toFixed(1)} ms of CPU for each payment`)
if (values.day) console.log(`trace ${run.days[0]?.traceHash}`)
const small = values.day ? [] : missing(counts)
for (const cell of small) console.log(`TOO SMALL ${cell}`)
console.log(`violations: ${violations.length}`)
for (const violation of violations.slice(0, 20)) console.log(`  ${violation}`)
process.exitCode = violations.length + small.length === 0 ? 0 : 1
