import { createDecipheriv } from 'node:crypto'
import { query, statement, text } from '@paycare/bff/db/unit.ts'
import type { CreditJump, JumpPurpose, Problem } from '@paycare/shared/contract'
import { creditConsentVersion } from '@paycare/shared/text'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AppClient } from '../world/app-client.ts'
import { personNamed } from '../world/his-client.ts'
import { World } from '../world/world.ts'

let world: World
let chen: AppClient
let cardId: string
beforeAll(async () => {
  world = await World.start()
  chen = await world.signIn('oDemo-chenjing')
  cardId = (await chen.call('listCards')).cards[0]?.id ?? ''
})
afterAll(() => world.close())

const body = (over: object = {}) => ({ cardId, purpose: 'sign', target: 'h5', ...over })
const codeOf = (answer: { body: unknown }): string => (answer.body as Problem).code
const agree = () => chen.call('agreeToCredit', { body: { cardId, version: creditConsentVersion, agree: true } })

function tokenOf({ launch }: CreditJump): string {
  return launch.kind === 'url' ? (new URL(launch.url).searchParams.get('t') ?? '') : launch.extraData.t
}

/** What the bank reads in a token, after it has checked the signature. */
function readByBank(token: string): Record<string, unknown> {
  const [version = '', keyId = '', sealed = '', signature = ''] = token.split('.')
  expect(world.pen().accepts([version, keyId, sealed].join('.'), signature)).toBe(true)
  const raw = Buffer.from(sealed, 'base64url')
  const decipher = createDecipheriv('sm4-cbc', Buffer.from(world.keys.jumpKey, 'base64'), raw.subarray(0, 16))
  const plain = Buffer.concat([decipher.update(raw.subarray(16)), decipher.final()]).toString('utf8')
  return JSON.parse(plain) as Record<string, unknown>
}

/** What is kept of jumps for audit. */
async function audited(): Promise<Record<string, string>> {
  const all = statement("select msg_id, interface, institution from exchange where interface like 'jump:%'")
  const rows = await world.x.store.read(() => query(all, {}))
  return Object.fromEntries(
    rows.map((row) => [text(row, 'msg_id'), `${text(row, 'interface')} ${text(row, 'institution')}`]),
  )
}

describe('a jump to the bank', () => {
  it('needs the patient’s agreement first, and nothing leaves without it', async () => {
    const refused = await chen.try('openCreditJump', { body: body() })
    expect([refused.status, codeOf(refused)]).toEqual([409, 'CONSENT_REQUIRED'])
    expect(await audited()).toEqual({})
    await agree()
    expect((await chen.try('openCreditJump', { body: body() })).status).toBe(200)
  })

  it('takes the person behind the card along, and no other', async () => {
    await agree()
    const { name, idNumber } = personNamed('陈静')
    const jump = await chen.call('openCreditJump', { body: { cardId, purpose: 'repay', target: 'h5' } })
    const payload = readByBank(tokenOf(jump))
    const nowS = Math.floor(world.clock.now() / 1000)
    expect(payload).toEqual({
      cus_name: name,
      cert_type: '01',
      cert_no: idNumber,
      mer_ptc_id: world.x.institution('jc-first').merPtcId,
      purpose: 'REPAY',
      return_appid: '',
      return_path: `${world.url}/packages/credit/return/index`,
      nonce: expect.stringMatching(/^[0-9a-f]{32}$/),
      ts: nowS,
      ttl: 300,
    })
    expect(jump).toMatchObject({ nowMs: world.clock.now(), expiresAtMs: (nowS + 300) * 1000 })
    expect((await audited())[String(payload['nonce'])]).toBe('jump:REPAY jc-first')
  })

  it.each([
    ['sign', 'SIGN'],
    ['detail', 'DETAIL'],
    ['repay', 'REPAY'],
    ['terminate', 'TERMINATE'],
    ['family', 'FAMILY'],
  ] as const)('for %s opens %s', async (purpose: JumpPurpose, destination) => {
    await agree()
    const jump = await chen.call('openCreditJump', { body: { cardId, purpose, target: 'h5' } })
    expect(readByBank(tokenOf(jump))['purpose']).toBe(destination)
  })

  it('in WeChat goes to the bank’s mini-program and back to ours', async () => {
    await agree()
    const jump = await chen.call('openCreditJump', { body: { cardId, purpose: 'sign', target: 'weapp' } })
    const { miniAppId } = world.x.config.bank
    expect(jump.launch).toMatchObject({ kind: 'miniProgram', appId: miniAppId, path: 'pages/credit/index' })
    const payload = readByBank(tokenOf(jump))
    expect(payload['return_appid']).toBe(world.x.config.wechat.appId)
    expect(payload['return_path']).toBe('packages/credit/status/index')
  })

  it('in H5 goes to the bank’s address', async () => {
    await agree()
    const { launch } = await chen.call('openCreditJump', { body: { cardId, purpose: 'sign', target: 'h5' } })
    expect(launch.kind === 'url' && launch.url.split('?')[0]).toBe(`${world.x.config.bank.pagesUrl}/credit`)
  })

  it('leads back to our own page, whatever a request asks for', async () => {
    await agree()
    const wanted = { return_path: 'https://evil.test/', returnPath: 'https://evil.test/', cus_name: '李小晓' }
    const answer = await chen.try('openCreditJump', { body: body(wanted) })
    const payload = readByBank(tokenOf(answer.body as CreditJump))
    expect(payload).toMatchObject({ return_path: `${world.url}/packages/credit/return/index`, cus_name: '陈静' })
  })

  it.each([{ purpose: 'SIGN' }, { purpose: 'pay' }, { target: 'https://evil.test/' }, { cardId: '' }])(
    'with %j is refused',
    async (over) => {
      const refused = await chen.try('openCreditJump', { body: body(over) })
      expect([refused.status, codeOf(refused)]).toEqual([422, 'REQUEST_INVALID'])
    },
  )

  it('serves once: each has a nonce and a vector of its own', async () => {
    await agree()
    const jumps = [await chen.call('openCreditJump', { body: { cardId, purpose: 'sign', target: 'h5' } })]
    jumps.push(await chen.call('openCreditJump', { body: { cardId, purpose: 'sign', target: 'h5' } }))
    expect(new Set(jumps.map((jump) => readByBank(tokenOf(jump))['nonce'])).size).toBe(2)
    expect(new Set(jumps.map((jump) => tokenOf(jump).slice(0, 30))).size).toBe(2)
  })

  it('opens the bank’s page, once and not after five minutes', async () => {
    await agree()
    const jump = () => chen.call('openCreditJump', { body: { cardId, purpose: 'detail', target: 'h5' } })
    const visit = async ({ launch }: CreditJump) => {
      const answer = await fetch(launch.kind === 'url' ? launch.url : '', { redirect: 'manual' })
      return answer.status
    }
    const [used, late] = [await jump(), await jump()]
    const opened = await visit(used)
    expect(opened).toBeLessThan(400)
    expect(await visit(used)).toBeGreaterThanOrEqual(400)
    await world.pass(5 * 60_000)
    expect(await visit(late)).toBeGreaterThanOrEqual(400)
  })

  it('for somebody else’s card is refused as if there were none, with and without a session', async () => {
    await agree()
    const li = await world.signIn('oDemo-lixiao')
    const theirs = await li.try('openCreditJump', { body: body() })
    expect([theirs.status, codeOf(theirs)]).toEqual([404, 'CARD_NOT_FOUND'])
    const nobody = await AppClient.stranger(world.url).try('openCreditJump', { body: body() })
    expect([nobody.status, codeOf(nobody)]).toEqual([401, 'SESSION_REQUIRED'])
  })

  it('is stored by nobody on its way, and neither log nor database has the token', async () => {
    await agree()
    const answer = await chen.try('openCreditJump', { body: body() })
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const token = tokenOf(answer.body as CreditJump)
    const log = world.logLines.join('')
    const kept = log + world.databaseBytes().toString('latin1')
    expect(log).toContain('/api/credit/jumps')
    for (const part of token.split('.').slice(2)) {
      expect(kept).not.toContain(part)
      expect(kept).not.toContain(part.slice(0, 24))
    }
  })
})
