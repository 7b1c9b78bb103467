import { expect, it } from 'vitest'
import { personNamed } from '../../world/his-client.ts'
import type { Phone } from '../browser.ts'
import { addresses, button, neverReads, onPage, press, reads, section, visitAddress } from '../phone.ts'
import { backToHospital, leaveForBank, repayAll } from './bank-pages.ts'
import { atHome, booksOf, hospitalOf, paidOnce, type AtHome } from './scene.ts'
import { confirmCredit, dialog, payFee, stands, toCheckout, toDialog, withCredit } from './walk.ts'

/** Says no to “信用就医” in the dialog, and goes on with ordinary payment. */
async function decline(phone: Phone): Promise<void> {
  await toDialog(phone)
  await press(phone, '不使用，用其他方式支付')
  await reads(phone, '本次不使用“信用就医”。就诊开始前可以再改')
  expect(await dialog(phone).count()).toBe(0)
  await press(phone, payFee)
  await stands(phone, '号已留好，请支付挂号费')
  await reads(phone, '号为您保留到今天 10:15，过时自动取消')
}

/** Pays on the hospital's own page and follows its link back. */
async function payAtDesk({ world, phone }: AtHome): Promise<void> {
  const { page } = phone
  await press(phone, payFee)
  await page.getByRole('heading', { name: /^待支付.*22\.00/ }).waitFor()
  await page.getByRole('button', { name: '微信支付（演示）' }).click()
  await page.getByRole('heading', { name: '支付成功' }).waitFor()
  await page.getByRole('link', { name: '返回', exact: true }).click()
  await onPage(phone, '挂号')
  await world.rest()
}

it('who says no pays at the hospital’s cash desk page, and may choose “信用就医” for the visit afterwards', () =>
  atHome('张为民', async (scene) => {
    const { world, phone } = scene
    await decline(phone)
    await payAtDesk(scene)
    await world.pass(3_000)
    await stands(phone, '挂号成功')
    await reads(phone, '挂号费 ¥22.00 已用其他方式支付')
    await section(phone, '导诊单')
    await reads(phone, '本次就诊没有使用“信用就医”，费用用其他方式支付')
    await press(phone, '改用“信用就医”')
    await dialog(phone).getByText('挂号费（已付）').waitFor()
    await press(phone, /^确认使用$/)
    await reads(phone, /^本次就诊使用“信用就医”/)
    await stands(phone, '挂号成功')
    expect(booksOf(world)).toEqual({ locks: [], registrations: ['booked desk'] })
    const [registration] = hospitalOf(world).registrations.list()
    const his = await world.his().call('GET', `/registrations/${registration?.registrationNo}`)
    expect(his.body).toMatchObject({ credit: { isChosen: true, mark: '信用就医' } })
  }))

it('who has not paid yet and chooses “信用就医” after all pays from the quota, and the cash desk page is closed', () =>
  atHome('张为民', async ({ world, phone }) => {
    await decline(phone)
    await press(phone, '改用“信用就医”')
    await dialog(phone)
      .getByText(/现在锁定并扣除挂号费/)
      .waitFor()
    await press(phone, confirmCredit)
    await stands(phone, '挂号成功')
    await reads(phone, '已从本人“信用就医”额度扣除挂号费 ¥22.00')
    expect(booksOf(world)).toEqual(paidOnce)
    const [registration] = hospitalOf(world).registrations.list()
    const { hospitalUrl } = world.x.institution('jc-first')
    await phone.page.goto(`${hospitalUrl}/desk/${registration?.desk?.token}`)
    await phone.page.getByRole('heading', { name: '挂号费已改用“信用就医”支付' }).waitFor()
    expect(await phone.page.getByRole('button').count()).toBe(0)
  }))

it('over the quota: the reason, how long the slot is kept, and another way to pay', () =>
  atHome('欧阳思远', async (scene) => {
    const { world, phone } = scene
    await toDialog(phone)
    await press(phone, confirmCredit)
    await stands(phone, '请用其他方式支付挂号费')
    await reads(phone, '没有从本人“信用就医”额度扣款')
    await reads(phone, /原因：.*额度不足/)
    await reads(phone, '号为您保留到今天 10:15，过时自动取消')
    await neverReads(phone, /失败|处理中|已扣除/)
    await payAtDesk(scene)
    await world.pass(3_000)
    await stands(phone, '挂号成功')
    expect(booksOf(world)).toEqual({ locks: ['OUTP_REG FAIL'], registrations: ['booked desk'] })
  }))

it('overdue since the question was asked: refused with the reason, and the slot is kept', () =>
  atHome('张为民', async ({ world, phone }) => {
    await toDialog(phone)
    world.sandbox.bank.changeCustomer(personNamed('张为民').idNumber, { quotaStatus: 'OVERDUE' })
    await press(phone, confirmCredit)
    await stands(phone, '请用其他方式支付挂号费')
    await reads(phone, /原因：.*冻结或逾期/)
    await reads(phone, '号为您保留到今天 10:15，过时自动取消')
    await button(phone, payFee).waitFor()
  }))

it('overdue: repays at the bank, comes back to the same time and registers', () =>
  atHome('孙长贵', async (scene) => {
    const { world, phone } = scene
    await toCheckout(phone)
    await section(phone, '“信用就医”：有逾期，请先还款')
    await reads(phone, '可以先用其他方式支付，不影响看病')
    await button(phone, payFee).waitFor()
    expect(await button(phone, withCredit).count()).toBe(0)
    await press(phone, '去还款')
    await leaveForBank(scene)
    await repayAll(scene)
    await backToHospital(scene)
    await onPage(phone, '确认挂号')
    await reads(phone, '今天 10:30–10:45')
    await press(phone, withCredit)
    await press(phone, confirmCredit)
    await stands(phone, '挂号成功')
    expect(booksOf(world)).toEqual(paidOnce)
    await visitAddress(phone, addresses.home)
    await button(phone, /今天 10:30 消化内科.*已挂号 · 周明远/).waitFor()
  }))
