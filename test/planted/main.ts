import { bugs } from './bugs.ts'
import { plantAll } from './plant.ts'

/** Planted are all bugs, or those whose names hold one of the words given. */
const words = process.argv.slice(2)
const chosen = bugs.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)))

const planted = await plantAll([undefined, ...chosen], ({ bug, caught, output }) => {
  const lines = output.split('\n')
  const first = lines[1 + lines.findIndex((line) => line.startsWith('violations:') || line.includes('Failed Tests'))]
  if (!bug) return console.log(`${caught ? 'RED   ' : 'green '} nothing planted`)
  const by = bug.caughtBy?.file ?? 'the simulation'
  console.log(`${caught ? 'red   ' : 'MISSED'} ${bug.name} (${bug.breaks})\n       ${by}: ${first?.trim()}`)
})
const [healthy, ...others] = planted
const missed = others.filter(({ caught }) => !caught).length
const bySimulation = others.filter(({ bug, caught }) => caught && !bug?.caughtBy).length
console.log(`${others.length} planted, ${bySimulation} caught by the simulation, ${missed} missed`)
const isHealthy = healthy?.output.includes('violations: 0') === true
process.exitCode = missed === 0 && isHealthy ? 0 : 1
