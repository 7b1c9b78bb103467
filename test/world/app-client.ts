import type { Operations } from '@paycare/shared/contract'
import { guardHeader, keyHeader, paths, signInPath, type OperationName } from '@paycare/shared/paths'
import { seedPeople } from '../sandbox/index.ts'

interface Input {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** `Idempotency-Key`. */
  readonly key?: string
}

/** The patient's browser without the pages: a cookie jar and the operations of the contract. */
export class AppClient {
  readonly #url: string
  readonly #jar = new Map<string, string>()
  private constructor(url: string) {
    this.#url = url
  }

  /** Without any session. */
  static stranger(url: string): AppClient {
    return new AppClient(url)
  }

  /** Goes to WeChat's page, chooses the person, comes back with a session, and binds the person's cards. */
  static async signIn(url: string, openid: string): Promise<AppClient> {
    const client = new AppClient(url)
    const leave = await client.request('GET', `${signInPath}?return=/`)
    const authorize = new URL(leave.headers.get('location') ?? '')
    const back = await chosenAt(authorize, openid)
    const landed = await client.request('GET', back.pathname + back.search)
    if (landed.status !== 302) throw new Error(`sign-in ended with ${landed.status}`)
    const person = seedPeople.find((one) => one.openid === openid)
    const known = [...(person?.visits ?? []), ...(person?.records ?? [])]
    const institutions = new Set(known.map((record) => record.institution))
    for (const institution of institutions) {
      const body = { institution, name: person?.name, idNumber: person?.idNumber, relation: 'self' }
      const bound = await client.request('POST', '/api/cards', JSON.stringify(body))
      if (bound.status !== 200) throw new Error(`card was not bound: ${bound.status}`)
    }
    return client
  }

  /** The same browser at another address of the same BFF. */
  at(url: string): AppClient {
    const client = new AppClient(url)
    for (const [name, value] of this.#jar) client.#jar.set(name, value)
    return client
  }

  /** The session, as a browser sends it. */
  get cookie(): string {
    return [...this.#jar].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  async call<N extends OperationName>(name: N, input: Input = {}): Promise<Operations[N]['output']> {
    const answer = await this.try(name, input)
    if (answer.status >= 300) throw new Error(`${name} answered ${answer.status}: ${JSON.stringify(answer.body)}`)
    return answer.body as Operations[N]['output']
  }

  async try(name: OperationName, input: Input = {}): Promise<{ status: number; body: unknown; headers: Headers }> {
    const [method, template] = paths[name]
    const path = template.replace(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(input.params?.[key] ?? ''))
    const query = input.query ? `?${new URLSearchParams(input.query)}` : ''
    const response = await this.request(
      method,
      path + query,
      input.body === undefined ? undefined : JSON.stringify(input.body),
      input.key === undefined ? {} : { [keyHeader]: input.key },
    )
    const text = await response.text()
    return {
      status: response.status,
      body: text === '' ? null : (JSON.parse(text) as unknown),
      headers: response.headers,
    }
  }

  async request(method: string, path: string, body?: string, headers: Record<string, string> = {}): Promise<Response> {
    const guard = method === 'GET' ? {} : { [guardHeader.name]: guardHeader.value }
    const init: RequestInit = {
      method,
      redirect: 'manual',
      headers: {
        cookie: this.cookie,
        ...guard,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
    }
    if (body !== undefined) init.body = body
    const response = await fetch(this.#url + path, init)
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const at = pair.indexOf('=')
      if (/max-age=0/i.test(line)) this.#jar.delete(pair.slice(0, at))
      else this.#jar.set(pair.slice(0, at), pair.slice(at + 1))
    }
    return response
  }
}

/** Presses the person's button on WeChat's page; answers where it leads. */
async function chosenAt(authorize: URL, openid: string): Promise<URL> {
  const page = await (await fetch(authorize)).text()
  const action = /action="([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&')
  if (action === undefined || !page.includes(openid)) throw new Error('WeChat does not offer this person')
  const pressed = { method: 'POST', body: new URLSearchParams({ openid }), redirect: 'manual' } as const
  const response = await fetch(new URL(action, authorize), pressed)
  return new URL(response.headers.get('location') ?? '')
}
