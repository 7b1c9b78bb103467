import { parseArgs } from 'node:util'
import { simulate } from './simulate.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    payments: { type: 'string', default: '2000' },
    registrations: { type: 'string', default: '500' },
    rsa: { type: 'boolean', default: false },
    calm: { type: 'boolean', default: false },
  },
})

const report = await simulate({
  seed: Number(values.seed),
  payments: Number(values.payments),
  registrations: Number(values.registrations),
  profile: values.rsa ? 'BOCOM_RSA' : 'NONE',
  faults: !values.calm,
})

console.log(`seed ${report.seed}: ${report.payments} payments, ${report.virtualHours.toFixed(1)} virtual hours`)
console.log(`states: ${JSON.stringify(report.states)}`)
console.log(`taken by the sweep: ${report.sweptFen} fen`)
console.log(`crashes: ${report.crashes}, events: ${report.events}`)
console.log(`calls: ${JSON.stringify(report.fates)}`)
console.log(`trace ${report.traceHash}`)
console.log(`violations: ${report.violations.length}`)
for (const violation of report.violations.slice(0, 20)) console.log(`  ${violation}`)
process.exitCode = report.violations.length === 0 ? 0 : 1
