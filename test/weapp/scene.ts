import { expect } from 'vitest'
import { accountOf } from '../browser/clinic.ts'
import type { AppClient } from '../world/app-client.ts'
import { personNamed } from '../world/his-client.ts'
import { World } from '../world/world.ts'
import { nameOf } from './nodes.ts'
import { WeappPhone, type PhoneOptions } from './phone.ts'

export interface Scene {
  readonly world: World
  /** The same account without pages. */
  readonly app: AppClient
  readonly phone: WeappPhone
}

/** A world of its own and one phone in it; afterwards nothing may have gone wrong unnoticed, and nothing have cost too much. */
export async function onPhone(
  person: string,
  play: (scene: Scene) => Promise<void>,
  options: PhoneOptions = {},
): Promise<void> {
  const world = await World.start()
  try {
    const app = await accountOf(world, person)
    await withPhone(world, person, (phone) => play({ world, app, phone }), options)
  } finally {
    await world.close()
  }
}

/** A phone of this person in a world that goes on afterwards. */
export async function withPhone(
  world: World,
  person: string,
  play: (phone: WeappPhone) => Promise<void>,
  options: PhoneOptions = {},
): Promise<void> {
  const loginCode = () => loginCodeOf(world, personNamed(person).openid)
  const phone = await WeappPhone.open(world, { loginCode, ...options })
  try {
    await play(phone)
    expect(phone.complaints()).toEqual([])
    expectCheap(phone)
    expectPrivate(phone, person)
  } finally {
    phone.close()
  }
}

/** What `wx.login` hands to the app of this account. */
async function loginCodeOf(world: World, openid: string): Promise<string> {
  const asked = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ openid }) }
  const answer = await world.sandbox.wechat.request('/_sandbox/login-code', asked)
  const { code } = (await answer.json()) as { code: string }
  return code
}

/** WeChat itself warns at 256 KB, 1000 nodes, depth 30 and 60 children and opens ten pages; slow phones need more room than that. */
const limits = { bytes: 32 * 1024, nodes: 399, depth: 19, children: 30, stack: 5 }

function expectCheap({ meter }: WeappPhone): void {
  for (const [page, cost] of meter.costs) {
    for (const figure of ['bytes', 'nodes', 'depth', 'children'] as const) {
      expect(cost[figure], `${figure} of ${page}`).toBeLessThanOrEqual(limits[figure])
    }
  }
  expect(meter.deepestStack).toBeLessThanOrEqual(limits.stack)
  expect([...meter.lostAttributes]).toEqual([])
}

/** The token lies in its own place and nowhere else, and who the person is lies nowhere. */
function expectPrivate({ device, host }: WeappPhone, person: string): void {
  const token = String(device.storage.get('session'))
  const rest = JSON.stringify([...device.storage].filter(([key]) => key !== 'session'))
  const { name, idNumber, phone } = personNamed(person)
  const addresses = host.wire.sent.map(({ path }) => path).join()
  for (const secret of [token, name, idNumber, phone]) {
    expect(rest).not.toContain(secret)
    expect(decodeURIComponent(addresses)).not.toContain(secret)
  }
}

/** The page in front has a heading, and whatever can be touched has a name. */
export function expectReadable(phone: WeappPhone): void {
  const top = phone.all('heading').filter(({ attribute }) => attribute('aria-level') === '1')
  expect(top, `top headings of ${phone.path}`).toHaveLength(1)
  for (const role of ['heading', 'button', 'textbox', 'switch', 'tab', 'radio']) {
    expect(phone.all(role, ''), `${role} without a name on ${phone.path}`).toEqual([])
  }
}

/** The page in front has this heading. */
export function onPage(phone: WeappPhone, title: string): void {
  const top = phone.all('heading').filter(({ attribute }) => attribute('aria-level') === '1')
  expect(top.map(nameOf), phone.words()).toEqual([title])
}
