import { expect, it } from 'vitest'
import { BankVisit } from './bank-visit.ts'
import type { WeappPhone } from './phone.ts'
import { expectReadable, onPage, onPhone } from './scene.ts'

const doctorAtHalfPastTen = '周明远 上午 10:30'

/** From the home page to the answers that are about to be agreed to. */
async function toCheckout(phone: WeappPhone): Promise<void> {
  await phone.press(/^挂号/)
  onPage(phone, '选择科室')
  await phone.press(/^消化内科/)
  onPage(phone, '消化内科')
  expectReadable(phone)
  await phone.press(doctorAtHalfPastTen)
  onPage(phone, '确认挂号')
}

async function agree(phone: WeappPhone): Promise<void> {
  await phone.press(/^信用就医/)
  await phone.press('同意并查询')
}

it('a newcomer signs up at the bank, comes back and registers with “信用就医”', () =>
  onPhone('许佳怡', async ({ world, phone }) => {
    await agree(phone)
    expect(phone.reads('还没有签约信用就医')).toBe(true)
    await phone.press('去签约')
    onPage(phone, '签约“信用就医”')
    await phone.press('去交通银行')
    const jump = await phone.leaveForMiniProgram()
    expect(jump).toMatchObject({ appId: world.x.config.bank.miniAppId, path: 'pages/credit/index' })
    expect(JSON.stringify([...phone.device.storage])).not.toContain(jump.extraData['t'])
    const visit = await BankVisit.enter(world, jump.extraData)
    expect(visit.opened).toMatchObject({ page: 'apply', returnTo: { path: 'packages/credit/status/index' } })
    await visit.apply()
    await phone.comeBack(jump.appId)
    onPage(phone, '信用就医')
    expect(phone.reads('已签约，可以使用')).toBe(true)
    await phone.back()
    expect(phone.reads('已签约，本人额度')).toBe(true)

    await toCheckout(phone)
    await phone.press('使用“信用就医”挂号')
    const asked = '您已签约“信用就医”，请确认本次挂号费用及后续可能产生医疗费用是否使用“信用就医”额度进行支付'
    expect(phone.reads(asked)).toBe(true)
    expect(phone.all('button', '使用“信用就医”挂号')).toEqual([])
    await phone.press('确认使用，支付 ¥22.00')

    onPage(phone, '挂号')
    expectReadable(phone)
    for (const text of ['挂号成功', '导诊单', 'A09', '门诊楼 3 楼 A 区']) expect(phone.reads(text)).toBe(true)
    expect(phone.reads('已从本人“信用就医”额度扣除挂号费 ¥22.00')).toBe(true)
    await phone.press('复制预约号')
    expect(phone.reads(phone.device.clipboard)).toBe(true)
    // The checkout is gone: going back cannot pay again.
    await phone.back()
    onPage(phone, '消化内科')
  }))

it('the invitation at the checkout leads to the bank and back to the same time', () =>
  onPhone('许佳怡', async ({ world, phone }) => {
    await agree(phone)
    await phone.back()
    await toCheckout(phone)
    await phone.press(/签约/)
    await phone.press('去交通银行')
    const jump = await phone.leaveForMiniProgram()
    await (await BankVisit.enter(world, jump.extraData)).apply()
    await phone.comeBack(jump.appId)
    onPage(phone, '确认挂号')
    expect(phone.reads('今天 10:30–10:45')).toBe(true)
    await phone.press('使用“信用就医”挂号')
    expect(phone.meter.deepestStack).toBe(5)
  }))

it('who says no to WeChat stays, and nothing has changed', () =>
  onPhone('许佳怡', async ({ world, phone }) => {
    await agree(phone)
    await phone.press('去签约')
    await phone.press('去交通银行')
    await phone.stayHere()
    expect(phone.reads(/已取消/)).toBe(true)
    await phone.press('去交通银行')
    const { extraData } = await phone.leaveForMiniProgram()
    expect((await BankVisit.enter(world, extraData)).opened.page).toBe('apply')
  }))

it('what the bank’s mini program hands back is no proof of anything', () =>
  onPhone('许佳怡', async ({ phone }) => {
    await agree(phone)
    await phone.press('去签约')
    await phone.press('去交通银行')
    const { appId } = await phone.leaveForMiniProgram()
    await phone.comeBack(appId, { signed: true, sign_status: 'SIGNED' })
    expect(phone.reads('还没有签约信用就医')).toBe(true)
  }))

it('a lost answer is found out about, also after WeChat has closed the app, and nothing is paid twice', () =>
  onPhone('陈静', async ({ world, phone }) => {
    await agree(phone)
    await phone.back()
    await toCheckout(phone)
    const checkout = phone.host.pages.front.url
    await phone.press('使用“信用就医”挂号')
    phone.device.losesAnswers = true
    await phone.press('确认使用，支付 ¥22.00')
    onPage(phone, '挂号')
    expect(phone.reads('正在确认挂号结果，请不要重复挂号')).toBe(true)
    phone.device.losesAnswers = false
    await phone.openAt(checkout)
    onPage(phone, '挂号')
    expect(phone.reads('挂号成功')).toBe(true)
    expect(world.sandbox.bank.journal().filter(({ api }) => api === 'confirm')).toHaveLength(1)
  }))
