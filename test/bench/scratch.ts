import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const cache = fileURLToPath(new URL('../../.cache/', import.meta.url))

/** New database files beside the checkout: temporary folders may be in memory, where a commit costs nothing. */
export class Scratch {
  readonly #folder: string
  #files = 0
  constructor() {
    mkdirSync(cache, { recursive: true })
    this.#folder = mkdtempSync(join(cache, 'bench-'))
  }

  file(): string {
    return join(this.#folder, `${++this.#files}.sqlite`)
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
