import { expect, it } from 'vitest'
import { World } from '../world/world.ts'
import { h5Dir, openPhone, type PhoneOptions } from './browser.ts'
import { addresses, section, visitAddress } from './phone.ts'

const asked = "new Promise((done) => fetch('http://127.0.0.2:9/').then(done, done))"
const slips: readonly (readonly [string, string, PhoneOptions, RegExp])[] = [
  ['an error on the console', "console.error('spilt')", {}, /^console: spilt/],
  [
    'an error in a script',
    "new Promise((done) => { setTimeout(done, 0); queueMicrotask(() => { throw new Error('broken') }) })",
    {},
    /^script: broken/,
  ],
  ['a violated policy', asked, {}, /policy violated: connect-src/],
  ['a request to a stranger', asked, { letScriptsIn: true }, /^foreign request: http:\/\/127\.0\.0\.2/],
  ['a refusal that nobody expected', "fetch('/api/home?cardId=none').then(() => 0)", {}, /^console: .*401/],
]

it.each(slips)('%s does not pass unnoticed', async (_, slip, options, complaint) => {
  const world = await World.start({ h5Dir })
  const phone = await openPhone(world, options)
  try {
    phone.expectRefusal(401, '/api/session')
    await visitAddress(phone, addresses.home)
    await section(phone, '请先登录')
    expect(phone.complaints()).toEqual([])
    await phone.page.evaluate(slip)
    await expect.poll(() => phone.complaints()).toContainEqual(expect.stringMatching(complaint))
  } finally {
    await phone.close()
    await world.close()
  }
})
