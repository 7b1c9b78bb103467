import type { SimulationOptions } from './report.ts'
import type { PlayedDay } from './shards.ts'
import { simulate } from './simulate.ts'

process.on('message', (day: SimulationOptions) => {
  void play(day)
})

async function play(day: SimulationOptions): Promise<void> {
  const report = await simulate(day)
  const { user, system } = process.cpuUsage()
  const played: PlayedDay = { report, cpuMs: (user + system) / 1_000 }
  process.send?.(played)
}
