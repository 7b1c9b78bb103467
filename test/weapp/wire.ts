import { callIfThere, isRecord, textIn, type Loose } from './loose.ts'
import type { PhoneClock, Realm } from './realm.ts'
import type { Device } from './device.ts'

/** The BFF's address that `config/index.ts` compiles into the build. */
const builtApiBase = process.env['TARO_APP_API_BASE'] ?? 'http://127.0.0.1:3000'

/** What `wx.request` can do; there is no PATCH. */
const methods = ['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS']

/** A request that the app sent. */
export interface Sent {
  readonly method: string
  readonly path: string
  /** Undefined when no answer came. */
  status: number | undefined
}

export interface WireParts {
  readonly realm: Realm
  readonly clock: PhoneClock
  readonly device: Device
  /** Where the BFF really is. */
  readonly bffUrl: string
}

/** `wx.request` over real HTTP. The built-in address of the BFF leads to the world's; no other address is reachable. */
export class Wire {
  readonly #parts: WireParts
  readonly sent: Sent[] = []

  constructor(parts: WireParts) {
    this.#parts = parts
  }

  /** Sends; the callbacks of `options` hear of the end. Answers the request task. */
  readonly request = (options: Loose): Loose => {
    const stop = new AbortController()
    const timeoutMs = typeof options['timeout'] === 'number' ? options['timeout'] : 60_000
    const { realm, clock } = this.#parts
    const inTime = clock.after(timeoutMs, () => stop.abort('timeout'))
    realm.await(this.#exchange(options, stop.signal).finally(inTime))
    return { abort: () => stop.abort('abort') }
  }

  async #exchange(options: Loose, signal: AbortSignal): Promise<void> {
    const { realm, device, bffUrl } = this.#parts
    const end = (kind: 'success' | 'fail', answer: Loose): void =>
      realm.run(() => {
        callIfThere(options, kind, answer)
        callIfThere(options, 'complete', answer)
      })
    const fail = (reason: string): void => end('fail', { errMsg: `request:fail ${reason}` })
    const address = textIn(options, 'url')
    const path = address.startsWith(`${builtApiBase}/`) ? address.slice(builtApiBase.length) : undefined
    // Nothing is answered before the script that asked is over.
    await Promise.resolve()
    if (path === undefined) return fail(`url not in domain list: ${address}`)
    const method = textIn(options, 'method') || 'GET'
    if (!methods.includes(method)) return fail(`unknown method ${method}`)
    const sent: Sent = { method, path, status: undefined }
    this.sent.push(sent)
    if (!device.isOnline) return fail('')
    try {
      const response = await fetch(bffUrl + path, { method, signal, ...contentOf(options) })
      const text = await response.text()
      if (device.losesAnswers) return fail('')
      sent.status = response.status
      const header = Object.fromEntries(response.headers)
      end('success', { statusCode: response.status, data: this.#dataOf(text), header, errMsg: 'request:ok' })
    } catch (error) {
      fail(signal.aborted ? String(signal.reason) : String(error))
    }
  }

  /** JSON is parsed and anything else left as text, as WeChat does. */
  #dataOf(text: string): unknown {
    try {
      return this.#parts.realm.parse(text)
    } catch {
      return text
    }
  }
}

function contentOf(options: Loose): { headers: Record<string, string>; body?: string } {
  const { header, data } = options
  const headers = Object.fromEntries(Object.entries(isRecord(header) ? header : {}).map(([k, v]) => [k, String(v)]))
  if (data === undefined) return { headers }
  return { headers, body: typeof data === 'string' ? data : JSON.stringify(data) }
}
