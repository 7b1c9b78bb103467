import { describe, expect, it } from 'vitest'
import { pagesWorld, type PagesWorld } from './pages/fixture.ts'
import { MOTHER } from './fixture.ts'

const TOKEN = 'control-token'

function control(world: PagesWorld) {
  return async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const headers = { authorization: `Bearer ${TOKEN}` }
    const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) }
    const response = await world.sandbox.bank.control.request(`/_sandbox/${path}`, init)
    return response.status === 204 ? null : response.json()
  }
}

describe('control plane of messages and notifications', () => {
  it('lists the messages with their codes', async () => {
    const world = pagesWorld({ controlToken: TOKEN })
    const guest = await world.jump(MOTHER)
    const father = { name: '陈大山', certNo: '990101196001010015', phone: '19900000077', relation: '父母' }
    await guest.send('/family/add', father)
    expect(await control(world)('GET', 'sms')).toMatchObject({
      messages: [{ phone: '19900000001', code: world.code() }],
    })
  })

  it('turns notifications for everything on, drops and repeats them', async () => {
    let posts = 0
    const world = pagesWorld({ controlToken: TOKEN, notifyBaseUrl: 'http://product.test' }, () => {
      posts += 1
      return Promise.resolve(new Response('no'))
    })
    const call = control(world)
    expect(await call('GET', 'notify')).toMatchObject({ on: true, all: false, pending: [], nextDueAtMs: null })
    expect(await call('POST', 'notify/all', { on: true })).toEqual({ all: true })
    await call('POST', 'notify/faults', { kind: 'DROP', times: 1 })
    const terminate = await world.jump(MOTHER)
    await terminate.send('/terminate', { agree: 'yes' })
    expect(await call('POST', 'notify/deliver')).toMatchObject({ pending: [{ type: 'SIGN_TERMINATED', attempts: 1 }] })
    expect([posts, world.sandbox.bank.notifications.log().map((row) => row.outcome)]).toEqual([
      1,
      ['dropped', 'notAcked'],
    ])
    const notifyId = world.sandbox.bank.notifications.log()[0]?.notifyId
    expect(await call('POST', 'notify/replay', { notifyId })).toMatchObject({ pending: [{}, { notifyId }] })
    expect(await call('DELETE', 'notify/faults')).toBeNull()
    expect(await call('POST', 'notify/faults', { kind: 'EXPLODE' })).toHaveProperty('error')
  })

  it('hides both from whoever has no token', async () => {
    const world = pagesWorld()
    for (const path of ['sms', 'notify']) {
      expect((await world.sandbox.bank.control.request(`/_sandbox/${path}`)).status).toBe(401)
    }
  })
})
