import type { Consents, Problem } from '@paycare/shared/contract'
import { creditConsentVersion } from '@paycare/shared/text'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seedInstitutions, seedPeople } from '../sandbox/index.ts'
import { AppClient } from '../world/app-client.ts'
import { World } from '../world/world.ts'

let world: World
beforeAll(async () => {
  world = await World.start()
})
afterAll(() => world.close())

const codeOf = (answer: { body: unknown }): string => (answer.body as Problem).code
const queries = (): number => world.sandbox.bank.journal().filter((row) => row.api === 'querySign').length

/** Somebody who is signed in, with the first card. */
async function patient(openid: string) {
  const app = await world.signIn(openid)
  const cardId = (await app.call('listCards')).cards[0]?.id ?? ''
  const agree = () => app.call('agreeToCredit', { body: { cardId, version: creditConsentVersion, agree: true } })
  const status = () => app.call('readCreditStatus', { query: { cardId } })
  const list = async () => (await app.call('listConsents')).consents
  const withdraw = (consentId: string) => app.try('withdrawConsent', { params: { consentId } })
  return { app, cardId, agree, status, list, withdraw }
}

describe('an agreement', () => {
  it('is listed with the card that it is about', async () => {
    const { app, agree, list } = await patient('oDemo-chenjing')
    expect(await list()).toEqual([])
    await agree()
    const [card] = (await app.call('listCards')).cards
    expect(await list()).toEqual([
      {
        id: expect.stringMatching(/^con_/),
        card,
        purpose: 'credit',
        version: creditConsentVersion,
        agreedAtMs: world.clock.now(),
        withdrawnAtMs: null,
      },
    ])
  })

  it('once taken back lets nobody ask the bank any more, and stays readable', async () => {
    const { app, cardId, agree, status, list, withdraw } = await patient('oDemo-zhaoguilan')
    await agree()
    expect((await status()).state).toBe('signed')
    const [given] = await list()
    await world.pass(1_000)
    const asked = queries()
    const { body } = await withdraw(given?.id ?? '')
    expect((body as Consents).consents).toEqual([{ ...given, withdrawnAtMs: world.clock.now() }])
    expect(await status()).toMatchObject({ state: 'consentNeeded', consentedAtMs: null, askedAtMs: null, role: null })
    const jump = await app.try('openCreditJump', { body: { cardId, purpose: 'detail', target: 'h5' } })
    expect([jump.status, codeOf(jump)]).toEqual([409, 'CONSENT_REQUIRED'])
    expect(queries()).toBe(asked)
  })

  it('taken back twice is taken back once', async () => {
    const { agree, list, withdraw } = await patient('oDemo-lixiao')
    await agree()
    const [given] = await list()
    await withdraw(given?.id ?? '')
    const [withdrawn] = await list()
    await world.pass(1_000)
    expect((await withdraw(given?.id ?? '')).status).toBe(200)
    expect(await list()).toEqual([withdrawn])
  })

  it('given again is a new one beside the old', async () => {
    const { agree, status, list, withdraw } = await patient('oDemo-liuyang')
    await agree()
    const [first] = await list()
    await withdraw(first?.id ?? '')
    await world.pass(1_000)
    await agree()
    const [again, old, ...more] = await list()
    expect([again?.withdrawnAtMs, old?.id, more]).toEqual([null, first?.id, []])
    expect(old?.withdrawnAtMs).not.toBeNull()
    expect((await status()).state).toBe('signed')
  })

  it('of somebody else cannot be seen or taken back', async () => {
    const wang = await patient('oDemo-wangdefu')
    await wang.agree()
    const [theirs] = await wang.list()
    const other = await patient('oDemo-lixiao')
    const refused = await other.withdraw(theirs?.id ?? '')
    const absent = await other.withdraw('con_absent')
    expect([refused.status, codeOf(refused)]).toEqual([404, 'CONSENT_NOT_FOUND'])
    expect([absent.status, codeOf(absent)]).toEqual([404, 'CONSENT_NOT_FOUND'])
    expect((await other.list()).map((one) => one.id)).not.toContain(theirs?.id)
    expect(await wang.list()).toEqual([theirs])
    for (const [name, input] of [
      ['listConsents', {}],
      ['withdrawConsent', { params: { consentId: theirs?.id ?? '' } }],
    ] as const) {
      expect((await AppClient.stranger(world.url).try(name, input)).status).toBe(401)
    }
    expect(await wang.list()).toEqual([theirs])
  })
})

describe('the status page', () => {
  it('shows what is left of the quota only to whom it belongs, and only where the bank tells', async () => {
    const telling = await World.start({ revealAvailable: true })
    try {
      const available = async (at: World, openid: string) => {
        const app = await at.signIn(openid)
        const cardId = (await app.call('listCards')).cards[0]?.id ?? ''
        const body = { cardId, version: creditConsentVersion, agree: true } as const
        return app.call('agreeToCredit', { body })
      }
      expect(await available(telling, 'oDemo-chenjing')).toMatchObject({ role: 'own', availableFen: 1_861_500 })
      expect(await available(telling, 'oDemo-chenguo')).toMatchObject({ role: 'family', availableFen: null })
      expect(await available(world, 'oDemo-chenjing')).toMatchObject({ role: 'own', availableFen: null })
    } finally {
      await telling.close()
    }
  })

  it('counts what this hospital locked, deducted, released and refunded', async () => {
    const { agree, status } = await patient('oDemo-abduraxman')
    await agree()
    const name = '阿卜杜热合曼·买买提江'
    await world.his().start('U1', name)
    await world.his().order('U1', { orderNo: 'U1-1', amountFen: 1_000 })
    await world.his().finish('U1', { 'U1-1': 900 })
    await world.his().start('U2', name)
    await world.his().order('U2', { orderNo: 'U2-1', amountFen: 500 })
    expect((await status()).usage).toEqual({ lockedFen: 500, paidFen: 900, releasedFen: 100, refundedFen: 0 })
  })
})

describe('the hospitals', () => {
  it('are public and hold nothing that is not for patients', async () => {
    const { institutions } = await AppClient.stranger(world.url).call('listInstitutions')
    expect(institutions).toEqual(seedInstitutions.map(({ id, name, phone, hours }) => ({ id, name, phone, hours })))
  })
})

describe('one account', () => {
  it('holds six cards at most; a card that it has is no new one', async () => {
    const { app } = await patient('oDemo-chenjing')
    const all = seedPeople.flatMap(({ name, idNumber, visits }) =>
      visits.map(({ institution }) => ({ institution, name, idNumber, relation: 'family' })),
    )
    const bound = async () => (await app.call('listCards')).cards.length
    for (const body of all) if ((await bound()) < 6) await app.call('bindCard', { body })
    const before = (await app.call('listCards')).cards
    expect(before).toHaveLength(6)
    const seventh = await app.try('bindCard', { body: all.at(-1) })
    expect([seventh.status, codeOf(seventh)]).toEqual([409, 'CARD_TOO_MANY'])
    expect((await app.try('bindCard', { body: all[0] })).status).toBe(200)
    expect((await app.call('listCards')).cards).toEqual(before)
  })
})
