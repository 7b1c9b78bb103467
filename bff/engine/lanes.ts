/** How many subjects of each lane (institution and channel) this process is at work on, whoever asked for it: request or worker. */
export class Lanes {
  readonly #busy = new Map<string, number>()

  busy(lane: string): number {
    return this.#busy.get(lane) ?? 0
  }

  enter(lane: string): void {
    this.#busy.set(lane, this.busy(lane) + 1)
  }

  leave(lane: string): void {
    const left = this.busy(lane) - 1
    if (left > 0) this.#busy.set(lane, left)
    else this.#busy.delete(lane)
  }
}
