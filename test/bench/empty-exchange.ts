import { createAdaptorServer } from '@hono/node-server'
import { undiciWire } from '@paycare/bff/ports/undici-wire.ts'
import { Hono } from 'hono'

/** Bytes of one message there and back. */
export interface Exchange {
  readonly asked: string
  readonly answerBytes: number
}

/** HTTP and nothing else: an empty Hono server, asked by the same two clients as the real ones. */
export class EmptyExchange {
  readonly #url: string
  readonly #wire = undiciWire()
  readonly #server: ReturnType<typeof createAdaptorServer>

  private constructor(url: string, server: ReturnType<typeof createAdaptorServer>) {
    this.#url = url
    this.#server = server
  }

  static async start(): Promise<EmptyExchange> {
    const app = new Hono()
    app.post('/:bytes', async (c) => {
      await c.req.text()
      return c.body('x'.repeat(Number(c.req.param('bytes'))))
    })
    const server = createAdaptorServer(app)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    if (typeof address !== 'object' || address === null) throw new Error('no address')
    return new EmptyExchange(`http://127.0.0.1:${address.port}`, server)
  }

  /** As HIS asks us, with its token. */
  async asHis({ asked, answerBytes }: Exchange, token: string): Promise<void> {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    await (await fetch(`${this.#url}/${answerBytes}`, { method: 'POST', headers, body: asked })).text()
  }

  /** As we ask the bank. */
  async asBff({ asked, answerBytes }: Exchange): Promise<void> {
    const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' }
    const url = `${this.#url}/${answerBytes}`
    await this.#wire.wire({ method: 'POST', url, headers, body: asked, deadlineMs: 10_000 })
  }

  async close(): Promise<void> {
    await this.#wire.close()
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve())
      if ('closeAllConnections' in this.#server) this.#server.closeAllConnections()
    })
  }
}
