import { setTimeout as sleep } from 'node:timers/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer, type ServerType } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Hono } from 'hono'
import { DELAY_HEADER } from './bank/wire-answers.ts'
import { isDropped } from './bank/data-app.ts'
import type { Sandbox } from './sandbox.ts'

/** Ports that a running sandbox listens on. */
export interface SandboxPorts {
  readonly data: number
  readonly control: number
  /** The bank's pages for residents. */
  readonly pages: number
  readonly hospital: number
  readonly wechat: number
}

/** A sandbox that listens on loopback. */
export interface RunningSandbox {
  readonly ports: SandboxPorts
  close(): Promise<void>
}

/** How a sandbox is served. */
export interface ServeOptions {
  /** False leaves `deliverDue` to a test that moves the clock by hand. */
  readonly notifies?: boolean
  /** Sees every request of the data plane as it arrives, and what becomes of its answer. */
  readonly onBankCall?: (request: IncomingMessage, response: ServerResponse) => void
}

const nobody = (): void => undefined

/** Turns the in-process markers into what a client sees on a real wire: a late answer, a broken connection. */
async function onWire(app: Hono, request: Request, socket: { destroy(): void }): Promise<Response> {
  const response = await app.fetch(request)
  const delayMs = Number(response.headers.get(DELAY_HEADER) ?? 0)
  if (delayMs > 0) {
    await sleep(delayMs)
    response.headers.delete(DELAY_HEADER)
  }
  if (!isDropped(response)) return response
  socket.destroy()
  return RESPONSE_ALREADY_SENT
}

async function listen(app: Hono, port: number): Promise<ServerType> {
  const server = createAdaptorServer({ fetch: (request, { incoming }) => onWire(app, request, incoming.socket) })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve())
  })
  return server
}

const portOf = (server: ServerType): number => {
  const address: string | AddressInfo | null = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

function close(server: ServerType): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    if ('closeAllConnections' in server) server.closeAllConnections()
  })
}

const TICK_MS = 1_000

/** Ends what ends by time, locks at midnight among them, and sends notifications as they fall due; gives back how to stop it. */
function driveBank(sandbox: Sandbox): () => void {
  const timer = setInterval(() => void sandbox.bank.notifications.deliverDue(), TICK_MS)
  timer.unref()
  return () => clearInterval(timer)
}

/**
 * Starts bank data, bank control, bank pages, hospital and WeChat on 127.0.0.1; port 0 takes any free one.
 */
export async function serveSandbox(
  sandbox: Sandbox,
  { notifies = true, onBankCall = nobody }: ServeOptions = {},
): Promise<RunningSandbox> {
  const { ports } = sandbox.config
  const data = await listen(sandbox.bank.data, ports.data)
  data.on('request', onBankCall)
  const control = await listen(sandbox.bank.control, ports.control)
  const pages = await listen(sandbox.bank.pages, ports.pages)
  const hospital = await listen(sandbox.hospital.app, ports.hospital)
  const wechat = await listen(sandbox.wechat, ports.wechat)
  const servers = [data, control, pages, hospital, wechat]
  const stopDriving = notifies ? driveBank(sandbox) : () => undefined
  return {
    ports: {
      data: portOf(data),
      control: portOf(control),
      pages: portOf(pages),
      hospital: portOf(hospital),
      wechat: portOf(wechat),
    },
    close: async () => {
      stopDriving()
      await Promise.all(servers.map(close))
    },
  }
}
