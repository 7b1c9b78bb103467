import { expect, it } from 'vitest'
import { engineRatio } from './engine.ts'
import { processorTime } from './rounds.ts'
import { recordTape } from './tape.ts'

const walks = 192
/** Far below what `npm run bench` finds: a guard against a gross regression, on a machine that does other things too. */
const floor = 0.15

// In memory and in processor time: neither a slow disk, which hides what the engine costs, nor a busy machine decides.
it('the engine does at least a seventh of what a hand loop does with the same statements', async () => {
  const tape = await recordTape(walks)
  const both = { newFile: () => ':memory:', tape, walks, inFlight: 16, time: processorTime }
  await engineRatio({ ...both, rounds: 1 })
  const { ratio } = await engineRatio(both)
  expect(ratio).toBeGreaterThan(floor)
})
