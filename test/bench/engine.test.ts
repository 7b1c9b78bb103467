import { expect, it } from 'vitest'
import { engineRatio } from './engine.ts'
import { Scratch } from './scratch.ts'
import { recordTape } from './tape.ts'

const walks = 96
/** Far below what `npm run bench` asks for: a guard against a gross regression, on a machine that does other things too. */
const floor = 0.2

it('the engine does at least a fifth of what a hand loop does with the same statements', async () => {
  const scratch = new Scratch()
  try {
    const tape = await recordTape(walks)
    expect((await engineRatio(scratch, tape, walks, 16)).ratio).toBeGreaterThan(floor)
  } finally {
    scratch.remove()
  }
})
