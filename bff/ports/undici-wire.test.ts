import { createServer as createHttp, type RequestListener } from 'node:http'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from './system.ts'
import { undiciWire } from './undici-wire.ts'
import type { Wire, WireAnswer } from './wire.ts'

describe('the wire over real sockets', () => {
  let wire: Wire
  let closeWire: () => Promise<void>
  const open: (() => Promise<void>)[] = []
  beforeEach(() => {
    const made = undiciWire()
    wire = made.wire
    closeWire = made.close
  })
  afterEach(async () => {
    for (const close of open.splice(0)) await close()
    await closeWire()
  })

  async function listen(server: Server): Promise<string> {
    const sockets = new Set<Socket>()
    server.on('connection', (socket) => sockets.add(socket))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    open.push(async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    })
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/path?q=1`
  }
  const http = (listener: RequestListener): Promise<string> => listen(createHttp(listener))
  const post = (url: string, deadlineMs = 5_000): Promise<WireAnswer> =>
    wire({ method: 'POST', url, headers: { 'content-type': 'text/plain', 'x-a': 'b' }, body: '内容=1', deadlineMs })

  it('carries method, path, headers and body there, and status and body back', async () => {
    const url = await http((request, response) => {
      const parts: Buffer[] = []
      request.on('data', (part: Buffer) => parts.push(part))
      request.on('end', () => {
        const body = Buffer.concat(parts).toString('utf8')
        response.writeHead(201).end(`${request.method} ${request.url} ${String(request.headers['x-a'])} ${body} 收到`)
      })
    })
    expect(await post(url)).toEqual({ is: 'answered', status: 201, body: 'POST /path?q=1 b 内容=1 收到' })
  })

  it('answers whatever status came, because only its reader knows what it proves', async () => {
    const url = await http((_, response) => response.writeHead(502).end('<html>'))
    expect(await post(url)).toEqual({ is: 'answered', status: 502, body: '<html>' })
  })

  it('a port where nobody listens proves that nothing was sent', async () => {
    const url = await http(() => undefined)
    await open.pop()?.()
    expect(await post(url)).toEqual({ is: 'notSent', why: 'ECONNREFUSED' })
  })

  it('a server that accepts and never answers has lost the request', async () => {
    const url = await listen(createServer(() => undefined))
    expect((await post(url, 80)).is).toBe('lost')
  })

  it('an answer that drips beyond the deadline is lost, though bytes keep coming', async () => {
    let drips = 0
    const url = await http((_, response) => {
      response.writeHead(200)
      const drip = (): void => {
        if (response.destroyed) return
        drips++
        response.write('x')
        systemClock.after(20, drip)
      }
      drip()
    })
    expect((await post(url, 150)).is).toBe('lost')
    expect(drips).toBeGreaterThan(1)
  })

  it('a reset after the request was read is lost', async () => {
    const url = await listen(createServer((socket) => socket.once('data', () => socket.resetAndDestroy())))
    expect((await post(url)).is).toBe('lost')
  })

  it('a connection closed in the middle of the answer is lost', async () => {
    const url = await listen(
      createServer((socket) =>
        socket.once('data', () => {
          socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf an answer')
        }),
      ),
    )
    expect((await post(url)).is).toBe('lost')
  })

  it('a reset of a pooled connection is lost: the request may have been read', async () => {
    let requests = 0
    const url = await http((request, response) => {
      requests++
      if (requests === 1) response.end('first')
      else request.socket.resetAndDestroy()
    })
    expect((await post(url)).is).toBe('answered')
    expect((await post(url)).is).toBe('lost')
    expect(requests).toBe(2)
  })

  it('what is no HTTP is lost', async () => {
    const url = await listen(createServer((socket) => socket.once('data', () => socket.end('nonsense\r\n\r\n'))))
    expect((await post(url)).is).toBe('lost')
  })

  it('an answer that is too large is lost, whether it says its length or not', async () => {
    const url = await http((_, response) => {
      response.writeHead(200)
      response.end(Buffer.alloc(17 * 1024 * 1024))
    })
    expect(await post(url)).toEqual({ is: 'lost', why: 'UND_ERR_RES_EXCEEDED_MAX_SIZE' })
  })
})
