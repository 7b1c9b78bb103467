/** How often each thing happened, by its name. */
export class Counts {
  readonly #counts = new Map<string, number>()

  add(name: string, by = 1): void {
    this.#counts.set(name, this.of(name) + by)
  }

  of(name: string): number {
    return this.#counts.get(name) ?? 0
  }

  /** Adds what another run counted. */
  include(others: Readonly<Record<string, number>>): void {
    for (const [name, by] of Object.entries(others)) this.add(name, by)
  }

  sorted(): Record<string, number> {
    return Object.fromEntries([...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1)))
  }
}
