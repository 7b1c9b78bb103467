import { configFromKeys, createSandbox, generateSandboxKeys, seededRandom } from '../index.ts'

/** Keys of one test file. */
export const keys = generateSandboxKeys()

/** 2026-11-21, a Saturday, 10:00 in Shanghai. */
export const MORNING = Date.UTC(2026, 10, 21, 2)

/** A call of the hospital as the product receives it. */
export interface Call {
  readonly method: string
  readonly path: string
  readonly token: string
  readonly key: string | null
  readonly body: unknown
}

/** What the product answers; `lost` breaks the connection. */
export type Reply = (call: Call) => Response | 'lost'

export const json = (body: unknown, status = 200): Response => new Response(JSON.stringify(body), { status })

/** A visit in the words of the product. */
export const visitView = (visitNo: string, orders: unknown[] = [], state = 'open') => ({
  visitNo,
  state,
  credit: { inUse: true, mark: '信用就医', reason: null },
  orders,
  prompt: '该患者本次就诊已确认使用“信用就医”服务',
  totals: { lockedFen: 0, paidFen: 0, releasedFen: 0, pendingFen: 0 },
})

/** Both hospitals with a product that answers as told, and the hospital's API as the product calls it. */
export function hospitalWorld(reply: Reply = () => 'lost') {
  const calls: Call[] = []
  const config = configFromKeys(
    keys,
    { productBaseUrl: 'http://product.test', redirectOrigins: [] },
    { profile: 'NONE' },
  )
  const sandbox = createSandbox(config, {
    clock: { now: () => MORNING },
    random: seededRandom('hospital'),
    fetch: async (url, init) => {
      const headers = new Headers(init.headers)
      const call = {
        method: init.method ?? '',
        path: new URL(url).pathname.replace('/his/v1', ''),
        token: headers.get('authorization') ?? '',
        key: headers.get('idempotency-key'),
        body: typeof init.body === 'string' ? JSON.parse(init.body) : null,
      }
      calls.push(call)
      const answer = reply(call)
      if (answer === 'lost') throw new Error('connection lost')
      return answer
    },
  })
  const { app } = sandbox.hospital
  const ask = async (path: string, body?: unknown, institution = 'jc-first') =>
    app.request(`http://hospital.test/${institution}/his/api${path}`, {
      headers: { authorization: `Bearer ${keys.hospitalApiToken}` },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    })
  return { sandbox, calls, app, ask, clock: sandbox.clock, hospital: sandbox.hospital.at('jc-first') }
}

/** Free slots of 周明远 (¥22.00), the next first, one session after the other. */
export function freeSlots({ hospital }: ReturnType<typeof hospitalWorld>): string[][] {
  const sessions = hospital.slots.departments.flatMap((one) => hospital.slots.sessions(one))
  return sessions
    .filter(({ doctor }) => doctor.doctorNo === 'D0101')
    .map(({ slots }) => slots.filter((slot) => hospital.slots.isFree(slot)).map((one) => one.slotNo))
}
