import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What one test reaches, and how many switches it passes on the way. */
export interface Reach {
  readonly test: string
  readonly reached: readonly number[]
  readonly steps: number
  readonly ms: number
}

/** One try of one test with one mistake: begun, or failed for a reason. */
interface Line {
  readonly mutant: number
  readonly test: string
  readonly killed?: string
}

/** What the runs of one judgement tell each other: a run that hangs is ended and the next one goes on where it was. */
export class Ledger {
  readonly #folder: string
  constructor(folder: string) {
    this.#folder = folder
  }

  get tries(): string {
    return join(this.#folder, 'tries.jsonl')
  }

  add(line: Line): void {
    appendFileSync(this.tries, `${JSON.stringify(line)}\n`)
  }

  lines(): Line[] {
    return linesOf<Line>(this.tries)
  }

  addReach(reach: Reach): void {
    appendFileSync(join(this.#folder, 'reach.jsonl'), `${JSON.stringify(reach)}\n`)
  }

  reach(): Reach[] {
    return linesOf<Reach>(join(this.#folder, 'reach.jsonl'))
  }
}

function linesOf<T>(file: string): T[] {
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').split('\n')
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as T)
}
