import { describe, expect, it } from 'vitest'
import { BankCaller } from '../caller.ts'
import { APP, CHILD, HOSPITAL, MOTHER, person } from '../fixture.ts'
import { CODE } from '../codes.ts'
import type { Identity } from '../identity.ts'
import { seededRandom } from '../../random.ts'
import { keys, NEWCOMER, pagesWorld, type Guest, type PagesWorld } from './fixture.ts'

const FATHER = person('陈大山', '99010119600101001')

const formOf = ({ name, certNo }: Identity, change: Record<string, string> = {}) => ({
  name,
  certNo,
  phone: '19900000077',
  relation: '父母',
  ...change,
})

async function add(world: PagesWorld, guest: Guest, identity: Identity) {
  await guest.send('/family/add', formOf(identity))
  return guest.send('/family/code', { code: world.code() })
}

const people = (world: PagesWorld) => world.sandbox.bank.desk().core.people
const texts = (world: PagesWorld, phone: string) =>
  world.sandbox.bank.sms().flatMap((one) => (one.phone === phone ? [one.text] : []))

function callerOf(world: PagesWorld, seed: string): BankCaller {
  const { privateKey } = keys.app
  return new BankCaller({
    appId: APP,
    merPtcId: HOSPITAL,
    clock: world.clock,
    random: seededRandom(seed),
    keys: { appPrivateKey: privateKey, gatewayPublicKey: keys.gateway.publicKey, identityKey: keys.identityKey },
  })
}

/** Locks and confirms as a hospital would. */
function use(world: PagesWorld, serial: string, identity: Identity, amountFen: number): string {
  const caller = callerOf(world, serial)
  const { bank } = world.sandbox
  const agreementNo = people(world).findByCertNo(identity.certNo)?.agreementNo ?? ''
  const lock = caller.form('lock', caller.lockBody(`L${serial}`, agreementNo, identity, amountFen))
  const reply = caller.open(bank.handle({ path: '/api/creditMed/lock/v1', body: lock }).body)
  const confirm = caller.form('confirm', caller.confirmBody(`C${serial}`, `L${serial}`, identity, amountFen))
  bank.handle({ path: '/api/creditMed/confirm/v1', body: confirm })
  return reply.code
}

describe('the principal', () => {
  it('sees the sharers masked', async () => {
    const world = pagesWorld()
    const page = await (await world.jump(MOTHER, { purpose: 'FAMILY' })).get('/family')
    for (const text of ['陈*', '子女', '199****0002', '已添加 1 位']) expect(page.text).toContain(text)
    expect(page.text).not.toContain(CHILD.name)
    expect(page.text).not.toContain(CHILD.certNo)
  })

  it('adds somebody with a code to the own phone; the sharer is told', async () => {
    const world = pagesWorld()
    const guest = await world.jump(MOTHER)
    expect((await guest.send('/family/add', formOf(FATHER))).path).toBe('/family/code')
    expect(people(world).findByCertNo(FATHER.certNo)).toBeNull()
    expect(texts(world, '19900000001').at(-1)).toContain('添加陈**为额度共享人')
    expect(texts(world, '19900000077')).toEqual([])
    expect((await guest.send('/family/code', { code: world.code() })).text).toContain('已添加陈**')
    const [father, mother] = [FATHER, MOTHER].map((one) => people(world).findByCertNo(one.certNo))
    expect(father).toMatchObject({ signStatus: 'SIGNED', role: 'SHARER', relation: '父母', phone: '19900000077' })
    expect(father?.familyRef).toBe(mother?.familyRef)
    expect(texts(world, '19900000077')).toHaveLength(1)
  })

  it('binds nobody with a wrong code', async () => {
    const world = pagesWorld()
    const guest = await world.jump(MOTHER)
    await guest.send('/family/add', formOf(FATHER))
    expect((await guest.send('/family/code', { code: 'x' })).status).toBe(422)
    expect(people(world).findByCertNo(FATHER.certNo)).toBeNull()
  })

  it.each([
    ['no name', { name: '' }, '请填写家人的姓名'],
    ['a number with a wrong check digit', { certNo: '990101196001010011' }, '身份证号码不对'],
    ['half a mobile number', { phone: '199' }, '11 位手机号码'],
    ['no relation', { relation: '邻居' }, '请选择与您的关系'],
    ['the own number', { name: MOTHER.name, certNo: MOTHER.certNo }, '不能把自己'],
    ['a sharer of the own', { name: CHILD.name, certNo: CHILD.certNo }, '已经在您的共享人名单里'],
    ['a wrong name for a known number', { name: '陈甲', certNo: CHILD.certNo }, '没有通过核验'],
  ])('is told of %s and keeps what was typed', async (_what, change, text) => {
    const world = pagesWorld()
    const page = await (await world.jump(MOTHER)).send('/family/add', formOf(FATHER, change))
    expect(page.status).toBe(422)
    expect(page.text).toContain(text)
    expect(page.text).toContain(`value="${'certNo' in change ? change.certNo : FATHER.certNo}"`)
    expect(world.sandbox.bank.sms()).toEqual([])
  })

  it('cannot add a ninth sharer, not even with a form that was open before', async () => {
    const world = pagesWorld()
    const guest = await world.jump(MOTHER)
    const other = await world.jump(MOTHER)
    await other.send('/family/add', formOf(FATHER))
    const code = world.code()
    for (let at = 1; at <= 7; at += 1)
      await add(world, guest, person(`陈家${'甲乙丙丁戊己庚'[at - 1] ?? ''}`, `9901012000010110${at}`))
    expect((await guest.get('/family')).text).not.toContain('/family/add')
    expect((await guest.send('/family/add', formOf(FATHER))).text).toContain('最多 8 位')
    expect((await other.send('/family/code', { code })).text).toContain('最多 8 位')
    expect(people(world).findByCertNo(FATHER.certNo)).toBeNull()
  })

  it('cannot add somebody who has signed up, or who shares with somebody else', async () => {
    const world = pagesWorld()
    world.sandbox.bank.addCustomer({ ...NEWCOMER, signStatus: 'SIGNED', limitFen: 1_000, phone: '19900000009' })
    const guest = await world.jump(NEWCOMER)
    expect((await guest.send('/family/add', formOf(MOTHER))).text).toContain('解约后才能成为共享人')
    expect((await guest.send('/family/add', formOf(CHILD))).text).toContain('已经是别人的额度共享人')
  })

  it('takes a sharer out, who may then join again under a new agreement', async () => {
    const world = pagesWorld()
    const before = people(world).findByCertNo(CHILD.certNo)?.agreementNo
    const guest = await world.jump(MOTHER)
    const remove = /href="(\/family\/members\/[^"]+\/remove)"/.exec((await guest.get('/family')).text)?.[1] ?? ''
    expect((await guest.get(remove)).text).toContain('确认移除')
    expect((await guest.send(remove)).text).toContain('已添加 0 位')
    expect((await (await world.jump(CHILD)).get('/family')).path).toBe('/apply')
    expect(texts(world, '19900000002').at(-1)).toContain('移出')
    await add(world, guest, CHILD)
    expect(people(world).findByCertNo(CHILD.certNo)).toMatchObject({ role: 'SHARER', signStatus: 'SIGNED' })
    expect(people(world).findByCertNo(CHILD.certNo)?.agreementNo).not.toBe(before)
  })

  it('sees every use with the name masked and is told of each', async () => {
    const world = pagesWorld()
    expect(use(world, '1', CHILD, 3_000)).toBe('DCBS0004PL0000')
    use(world, '2', MOTHER, 5_000)
    const page = await (await world.jump(MOTHER)).get('/uses')
    for (const text of ['陈* ·', '本人 ·', '锦城市第一人民医院', '¥30.00', '¥50.00', '2026 年 11 月 21 日 10:00']) {
      expect(page.text).toContain(text)
    }
    expect(page.text).not.toContain(CHILD.name)
    expect(texts(world, '19900000001')).toEqual([
      expect.stringContaining('您的额度共享人陈*在锦城市第一人民医院使用“信用就医” ¥30.00，请在 12 月 23 日前还款'),
      expect.stringContaining('您在锦城市第一人民医院使用“信用就医” ¥50.00'),
    ])
  })
})

describe('the sharer', () => {
  it('sees the own uses only, and no quota anywhere', async () => {
    const world = pagesWorld()
    use(world, '1', CHILD, 3_000)
    use(world, '2', MOTHER, 5_000)
    const guest = await world.jump(CHILD, { purpose: 'DETAIL' })
    const uses = await guest.get('/uses')
    expect(uses.text).toContain('¥30.00')
    expect(uses.text).not.toContain('¥50.00')
    for (const path of ['/account', '/family', '/repay', '/terminate', '/family/add']) {
      expect((await guest.get(path)).text).not.toMatch(/¥[\d,]+|可用额度/)
    }
  })

  it('leaves by itself; what is used stays with the principal', async () => {
    const world = pagesWorld()
    use(world, '1', CHILD, 3_000)
    const old = people(world).findByCertNo(CHILD.certNo)?.agreementNo
    const guest = await world.jump(CHILD)
    expect((await guest.send('/family/leave', {})).path).toBe('/family')
    expect((await guest.send('/family/leave', { agree: 'yes' })).path).toBe('/apply')
    expect(texts(world, '19900000001').at(-1)).toContain('陈*已退出')
    expect(people(world).findByCertNo(CHILD.certNo)?.agreementNo).toBe(old)
    expect(use(world, '2', CHILD, 100)).toBe(CODE.sharerLinkMissing)
    expect((await (await world.jump(MOTHER)).get('/uses')).text).toContain('¥30.00')
  })

  it('cannot take anybody out', async () => {
    const world = pagesWorld()
    const guest = await world.jump(CHILD)
    expect((await guest.send('/family/members/M1/remove')).path).toBe('/family')
    expect(people(world).findByCertNo(CHILD.certNo)?.accountNo).not.toBeNull()
  })
})
