import { describe, expect, it } from 'vitest'
import { DELAY_HEADER, isDropped, serveSandbox } from '../index.ts'
import { freeSlots, hospitalWorld, keys } from './fixture.ts'

const patientNo = 'JC00010029'

function world() {
  const made = hospitalWorld()
  const slotNo = freeSlots(made).flat().at(-1)
  const reserve = (no: string) => made.ask(`/registrations/${no}/reserve`, { slotNo, patientNo })
  return { ...made, reserve, stateOf: (no: string) => made.hospital.registrations.find(no)?.state ?? null }
}

describe('faults of the hospital’s API', () => {
  it('silent: it is done and nobody hears of it, as often as asked for', async () => {
    const { hospital, reserve, stateOf } = world()
    hospital.faults.add({ api: 'reserve', kind: 'silent', times: 2 })
    expect(isDropped(await reserve('reg_1'))).toBe(true)
    expect(stateOf('reg_1')).toBe('reserved')
    expect(isDropped(await reserve('reg_1'))).toBe(true)
    expect((await reserve('reg_1')).status).toBe(200)
    expect(hospital.faults.list()).toMatchObject([{ api: 'reserve', hits: 2 }])
  })

  it('dead: nothing is done', async () => {
    const { hospital, reserve, stateOf } = world()
    hospital.faults.add({ api: 'reserve', kind: 'dead', times: 1 })
    expect(isDropped(await reserve('reg_1'))).toBe(true)
    expect(stateOf('reg_1')).toBeNull()
    expect((await reserve('reg_1')).status).toBe(200)
  })

  it('slow: the answer is whole and late', async () => {
    const { hospital, ask } = world()
    hospital.faults.add({ api: 'departments', kind: 'slow', delayMs: 700, times: 1 })
    const late = await ask('/departments')
    expect([late.status, late.headers.get(DELAY_HEADER)]).toEqual([200, '700'])
    expect((await ask('/departments')).headers.get(DELAY_HEADER)).toBeNull()
  })

  it('strike only the endpoint they are for, or all of them, until they are cleared', async () => {
    const { hospital, ask, reserve } = world()
    hospital.faults.add({ api: 'book', kind: 'dead' })
    expect((await reserve('reg_1')).status).toBe(200)
    hospital.faults.clear()
    hospital.faults.add({ api: '*', kind: 'dead' })
    const calls = ['/departments', '/departments/D01/schedule', '/slots/x', '/registrations/reg_1', '/institution']
    for (const path of calls) expect(isDropped(await ask(path))).toBe(true)
    for (const call of ['reserve', 'book', 'paid', 'desk', 'cancel']) {
      expect(isDropped(await ask(`/registrations/reg_1/${call}`, {}))).toBe(true)
    }
    expect(isDropped(await ask('/patients/match', {}))).toBe(true)
    expect(isDropped(await ask('/departments', undefined, 'yulin'))).toBe(false)
    hospital.faults.clear()
    expect((await ask('/departments')).status).toBe(200)
  })

  it('can be switched from outside', async () => {
    const { app, ask } = world()
    const at = '/jc-first/actions/faults'
    const set = (body: unknown) => app.request(at, { method: 'POST', body: JSON.stringify(body) })
    expect((await set({ api: 'slot', kind: 'dead', times: 1 })).status).toBe(201)
    expect((await set({ api: 'slots', kind: 'dead' })).status).toBe(400)
    expect(await (await app.request(at)).json()).toMatchObject({ faults: [{ api: 'slot', hits: 0 }] })
    expect((await app.request(at, { method: 'DELETE' })).status).toBe(204)
    expect((await ask('/slots/x')).status).toBe(404)
  })

  it('break the connection on a real wire', async () => {
    const { sandbox, hospital } = world()
    const running = await serveSandbox(sandbox)
    const ask = () =>
      fetch(`http://127.0.0.1:${running.ports.hospital}/jc-first/his/api/departments`, {
        headers: { authorization: `Bearer ${keys.hospitalApiToken}` },
      })
    hospital.faults.add({ api: 'departments', kind: 'silent', times: 1 })
    await expect(ask()).rejects.toThrow('fetch failed')
    expect((await ask()).status).toBe(200)
    await running.close()
  })
})
