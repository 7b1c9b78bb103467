import { expect, it } from 'vitest'
import type { World } from '../../world/world.ts'
import { addresses, button, neverReads, onPage, press, reads, section, visitAddress } from '../phone.ts'
import { atHome, booksOf, hospitalOf, paidOnce, type AtHome } from './scene.ts'
import {
  confirmCredit,
  doctorAtHalfPastTen,
  payFee,
  slotAtHalfPastTen,
  stands,
  toCheckout,
  toDialog,
  toTimes,
  withCredit,
} from './walk.ts'

const minute = 60_000

/** Somebody else is given the time. */
function giveAway(world: World): void {
  const rival = hospitalOf(world).registrations.reserve('rival', slotAtHalfPastTen, 'JC00010031')
  expect(rival.state).toBe('reserved')
}

/** The time is somebody else's: nothing was paid, and the way leads to another time. */
async function expectGone({ world, phone }: AtHome): Promise<void> {
  await section(phone, '这个号刚被约走了')
  await reads(phone, '没有产生费用')
  await press(phone, '换个时间')
  await onPage(phone, '消化内科')
  await button(phone, `${doctorAtHalfPastTen}，约满`).waitFor()
  expect(booksOf(world)).toEqual({ locks: [], registrations: ['reserved none'] })
}

it('a time that went while it was chosen: nothing was paid, and there is another time', () =>
  atHome('张为民', async (scene) => {
    await toTimes(scene.phone)
    giveAway(scene.world)
    await press(scene.phone, doctorAtHalfPastTen)
    await expectGone(scene)
  }))

it('a time that went while the dialog was read: nothing was paid, and there is another time', () =>
  atHome('张为民', async (scene) => {
    scene.phone.expectRefusal(409, '/api/registrations')
    await toDialog(scene.phone)
    giveAway(scene.world)
    await press(scene.phone, confirmCredit)
    await expectGone(scene)
  }))

it('a hospital that does not answer a question is asked again', () =>
  atHome('张为民', async ({ world, phone }) => {
    phone.expectRefusal(503, '/api/departments')
    hospitalOf(world).faults.add({ api: 'departments', kind: 'dead' })
    await press(phone, /^挂号.*选科室/)
    await reads(phone, '医院系统暂时没有回应，请稍后再试')
    hospitalOf(world).faults.clear()
    await press(phone, '重新加载')
    await press(phone, /^消化内科/)
    await onPage(phone, '消化内科')
  }))

it('a hospital that does not answer the registration: 处理中 until it does, and one registration', () =>
  atHome('张为民', async ({ world, phone }) => {
    await toDialog(phone)
    hospitalOf(world).faults.add({ api: 'reserve', kind: 'silent', times: 2 })
    await press(phone, confirmCredit)
    await stands(phone, '处理中，等待医院答复')
    await reads(phone, '系统正在向医院核实，请不要重复挂号')
    await neverReads(phone, /失败|使用“信用就医”挂号|导诊单/)
    await button(phone, '再查一次').waitFor()
    await world.pass(minute)
    await press(phone, '再查一次')
    await stands(phone, '挂号成功')
    expect(booksOf(world)).toEqual(paidOnce)
  }))

it('a bank that does not answer at the checkout leaves ordinary payment, and can be asked again', () =>
  atHome('张为民', async ({ world, phone }) => {
    world.sandbox.bank.faults.add({ api: 'querySign', kind: 'DROP_BEFORE' })
    await visitAddress(phone, addresses.home)
    await toCheckout(phone)
    await section(phone, '“信用就医”：银行暂未答复')
    await button(phone, payFee).waitFor()
    world.sandbox.bank.faults.clear()
    await press(phone, '再查一次')
    await button(phone, withCredit).waitFor()
  }))

it('a bank whose answer to the lock is lost: 处理中 until it is found, and paid once', () =>
  atHome('张为民', async ({ world, phone }) => {
    await toDialog(phone)
    world.sandbox.bank.faults.add({ api: 'lock', times: 1, kind: 'EXECUTE_THEN_DROP' })
    await press(phone, confirmCredit)
    await stands(phone, '处理中，等待银行答复')
    await reads(phone, '挂号费 ¥22.00 是否锁定还在核实，尚未扣款')
    await reads(phone, '系统正在向银行核实，请不要重复挂号，也不要用其他方式支付')
    await neverReads(phone, /失败|用其他方式支付 ¥|导诊单/)
    await world.pass(minute)
    await stands(phone, '挂号成功')
    expect(booksOf(world)).toEqual(paidOnce)
  }))
