import { expect, it } from 'vitest'
import { personNamed } from '../../world/his-client.ts'
import type { Phone } from '../browser.ts'
import { accountOf } from '../clinic.ts'
import { addresses, front, neverReads, onPage, openAs, press, reads, section, signIn, visitAddress } from '../phone.ts'
import { inBrowser } from '../session.ts'
import { backToHospital, leaveForBank, signUp } from './bank-pages.ts'
import { booksOf, outside, paidOnce } from './scene.ts'
import { confirmCredit, dialog, doctorAtHalfPastTen, guide, stands, toCheckout, withCredit } from './walk.ts'
import { hold } from './wire.ts'

const prompt = '您已签约“信用就医”，请确认本次挂号费用及后续可能产生医疗费用是否使用“信用就医”额度进行支付'
const backFromBank = '/packages/credit/return/index'

const write = (phone: Phone, label: string, text: string): Promise<void> =>
  front(phone).getByRole('textbox', { name: label }).fill(text)

async function addCard(phone: Phone, name: string): Promise<void> {
  await section(phone, '还没有绑定就诊卡')
  await press(phone, '添加就诊卡')
  await press(phone, '锦城市第一人民医院')
  await write(phone, '姓名', name)
  await write(phone, '身份证号', personNamed(name).idNumber)
  await press(phone, '添加')
  await section(phone, '就诊卡已添加')
  await press(phone, '回到首页')
  await onPage(phone, '就医付款')
}

/** From the home page to the page before the bank. */
async function toJump(phone: Phone): Promise<void> {
  await press(phone, /^信用就医/)
  await press(phone, '同意并查询')
  await section(phone, '还没有签约信用就医')
  await press(phone, '去签约')
  await onPage(phone, '签约“信用就医”')
}

it('who has nothing yet signs in, adds a card, signs up at the bank and registers with “信用就医”', () =>
  inBrowser({ alsoAt: outside }, async (scene) => {
    const { world, phone } = scene
    await visitAddress(phone, addresses.home)
    await signIn(phone, '许佳怡')
    await addCard(phone, '许佳怡')
    await toJump(phone)
    await reads(phone, '加密后只能使用一次，5 分钟内有效')
    await leaveForBank(scene)
    await signUp(scene)
    const letGo = await hold(phone, '**/api/credit/status*')
    await backToHospital(scene)
    await section(phone, '正在向银行核实')
    await neverReads(phone, /已签约/)
    await letGo()
    await section(phone, '已签约，可以使用')

    await visitAddress(phone, addresses.home)
    await press(phone, /^挂号.*选科室/)
    await onPage(phone, '选择科室')
    await write(phone, '科室，或哪里不舒服', '胃疼')
    await reads(phone, '找到 1 个科室')
    await press(phone, /^消化内科.*门诊楼 3 楼 A 区/)
    await press(phone, doctorAtHalfPastTen)
    await onPage(phone, '确认挂号')
    await reads(phone, '今天 10:30–10:45')
    await press(phone, withCredit)
    await dialog(phone).getByText(prompt, { exact: true }).waitFor()
    expect(booksOf(world)).toEqual({ locks: [], registrations: [] })
    await press(phone, confirmCredit)

    await stands(phone, '挂号成功')
    await reads(phone, '已从本人“信用就医”额度扣除挂号费 ¥22.00')
    for (const text of ['信用就医', 'A09', '门诊楼 3 楼 A 区'])
      await guide(phone).getByText(text, { exact: true }).waitFor()
    expect(booksOf(world)).toEqual(paidOnce)
    expect(world.sandbox.bank.locks()).toMatchObject([{ amountFen: 2_200, confirmedFen: 2_200 }])
  }))

it('the invitation at the checkout leads to the bank and back to the same time', () =>
  inBrowser({ alsoAt: outside }, async (scene) => {
    const { world, phone } = scene
    await accountOf(world, '许佳怡')
    await openAs(phone, '许佳怡')
    await toCheckout(phone)
    await press(phone, '同意并查询')
    await section(phone, '可以签约“信用就医”，先看病后付费')
    await press(phone, '去签约')
    await leaveForBank(scene)
    await signUp(scene)
    await backToHospital(scene)
    await onPage(phone, '确认挂号')
    await reads(phone, '今天 10:30–10:45')
    await press(phone, withCredit)
    await press(phone, confirmCredit)
    await stands(phone, '挂号成功')
    expect(booksOf(world)).toEqual(paidOnce)
  }))

it('what the address says on the way back from the bank is no proof of anything', () =>
  inBrowser({ alsoAt: outside }, async (scene) => {
    const { world, phone } = scene
    await accountOf(world, '许佳怡')
    await openAs(phone, '许佳怡')
    await toJump(phone)
    await leaveForBank(scene)
    await phone.page.getByRole('heading', { name: '开通“信用就医”' }).waitFor()
    const forged = 'result=SUCCESS&sign_status=SIGNED&signed=true&agreementNo=CM2026990000000001&route=registration'
    await visitAddress(phone, `${backFromBank}?${forged}`)
    await section(phone, '还没有签约信用就医')
    await neverReads(phone, /已签约/)
    await visitAddress(phone, addresses.home)
    await toCheckout(phone)
    await section(phone, '可以签约“信用就医”，先看病后付费')
    expect(booksOf(world)).toEqual({ locks: [], registrations: [] })
  }))
