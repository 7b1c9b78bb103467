import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http'

/** The way to the bank: passes every request on, or keeps it waiting without a word, as a bank does that has died under load. */
export class BankDoor {
  /** Whether a request that comes now is kept waiting. */
  isStalled = false
  /** The most requests that were under way at one moment. */
  mostAtOnce = 0
  #underWay = 0
  #bankUrl = ''
  readonly #waiting = new Set<() => void>()
  readonly #server: Server
  constructor() {
    this.#server = createServer((incoming, outgoing) => this.#come(incoming, outgoing))
  }

  /** Opens in front of the bank; answers the address that stands for it. */
  async open(bankUrl: string): Promise<string> {
    this.#bankUrl = bankUrl
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    const address = this.#server.address()
    if (typeof address !== 'object' || address === null) throw new Error('no address')
    return `http://127.0.0.1:${address.port}`
  }

  get waiting(): number {
    return this.#waiting.size
  }

  /** From now on nobody waits. */
  release(): void {
    this.isStalled = false
    for (const pass of this.#waiting) pass()
    this.#waiting.clear()
  }

  close(): void {
    this.#server.close()
    this.#server.closeAllConnections()
  }

  #come(incoming: IncomingMessage, outgoing: ServerResponse): void {
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.#underWay)
    const pass = (): void => this.#pass(incoming, outgoing)
    outgoing.once('close', () => {
      this.#underWay--
      this.#waiting.delete(pass)
    })
    if (this.isStalled) this.#waiting.add(pass)
    else pass()
  }

  #pass(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const { method, headers, url = '/' } = incoming
    const onward = request(`${this.#bankUrl}${url}`, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    // What the bank drops is dropped here.
    onward.on('error', () => outgoing.destroy())
    incoming.pipe(onward)
  }
}
