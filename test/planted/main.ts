import { bugs } from './bugs.ts'
import { isCaught } from './plant.ts'

const [payments = '300', registrations = '150'] = process.argv.slice(2)
const args = ['--seed', '8', '--payments', payments, '--registrations', registrations]

const healthy = await isCaught(undefined, args)
console.log(`${healthy.caught ? 'RED  ' : 'green'}  nothing planted`)
let missed = healthy.caught || !healthy.output.includes('violations: 0') ? 1 : 0
for (const bug of bugs) {
  const { caught, output } = await isCaught(bug, args)
  if (!caught) missed++
  const first = output.split('\n').find((line) => line.startsWith('  ')) ?? output.split('\n').slice(-4).join(' ')
  console.log(`${caught ? 'red  ' : 'MISSED'}  ${bug.name} (breaks: ${bug.breaks})\n       ${first.trim()}`)
}
console.log(`${bugs.length} planted, ${missed} missed`)
process.exitCode = missed === 0 ? 0 : 1
