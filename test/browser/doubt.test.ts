import { describe, expect, it } from 'vitest'
import { accountOf, blood, gastroscopy, medicine, order, visitsOf } from './clinic.ts'
import { expectNoOverflow } from './measures.ts'
import { picture, scale } from './pictures.ts'
import { inBrowser } from './session.ts'
import {
  addresses,
  back,
  button,
  front,
  neverReads,
  onPage,
  openAs,
  press,
  reads,
  section,
  visitAddress,
  words,
} from './phone.ts'

const minute = 60_000

describe('when the bank’s answer to a lock is lost', () => {
  it('every page says 处理中 and none says 失败, until the answer is known', () =>
    inBrowser({ scale }, async ({ world, phone }) => {
      const his = world.his()
      await accountOf(world, '陈静')
      await his.start('V1', '陈静')
      await his.order('V1', gastroscopy)
      world.sandbox.bank.faults.add({ api: 'lock', times: 1, kind: 'EXECUTE_THEN_DROP' })
      await his.order('V1', blood)

      await openAs(phone, '陈静')
      await button(phone, /^付款处理中.*请不要重复支付.*186 元 6 角/).waitFor()
      await neverReads(phone, /失败|没有锁定/)
      await press(phone, /^就诊中/)
      await onPage(phone, '就诊详情')
      await button(phone, /血液化验.*186 元 6 角.*处理中/).waitFor()
      await button(phone, /胃镜检查.*280 元.*已锁定，未扣款/).waitFor()
      await neverReads(phone, /失败|没有锁定/)
      await press(phone, /血液化验/)
      await onPage(phone, '付款进度')
      await section(phone, '处理中，等待银行答复')
      await reads(phone, '¥186.60 是否锁定还在核实，尚未扣款')
      await reads(phone, '系统正在向银行核实，请不要用其他方式重复支付')
      await neverReads(phone, /失败|没有锁定|请用其他方式支付/)
      await picture(phone.page, 'payment-doubt')

      await world.pass(minute)
      await press(phone, '再查一次')
      await section(phone, '额度已锁定，尚未扣款')
      await reads(phone, '已锁定额度 ¥186.60，尚未扣款，最晚今晚 23:30 扣除')
      await picture(phone.page, 'payment-locked')
      await back(phone)
      await button(phone, /血液化验.*已锁定，未扣款/).waitFor()
      await reads(phone, '¥466.60')
      await back(phone)
      await button(phone, /^今晚将扣款.*466 元 6 角/).waitFor()
      await neverReads(phone, /处理中/)

      await front(phone)
        .getByRole('switch', { name: /长辈版/ })
        .click()
      await picture(phone.page, 'elder-home')
      await front(phone)
        .getByRole('switch', { name: /长辈版/ })
        .click()
      await phone.page.emulateMedia({ colorScheme: 'dark' })
      await picture(phone.page, 'dark-home')
    }))

  it('the payment page finds the answer by itself, without being asked', () =>
    inBrowser({}, async ({ world, phone }) => {
      const his = world.his()
      const app = await accountOf(world, '陈静')
      await his.start('V1', '陈静')
      world.sandbox.bank.faults.add({ api: 'lock', times: 1, kind: 'EXECUTE_THEN_DROP' })
      await his.order('V1', blood)
      const [visit] = await visitsOf(app)
      await openAs(phone, '陈静')
      await visitAddress(phone, addresses.payment(visit?.payments[0]?.id ?? ''))
      await section(phone, '处理中，等待银行答复')
      await world.pass(minute)
      await section(phone, '额度已锁定，尚未扣款')
    }))
})

it('an order over the quota is refused in plain words with another way to pay, and the others stay as they are', () =>
  inBrowser({}, async ({ world, phone }) => {
    const his = world.his()
    await accountOf(world, '欧阳思远')
    await his.start('V1', '欧阳思远')
    await his.order('V1', order('O1', '病历工本费', ['M1', '门诊病历本', '记录病情的本子', 'other', '本', 1, 1]))
    await his.order('V1', medicine)
    await openAs(phone, '欧阳思远')
    await press(phone, /^请用其他方式支付.*银行没有锁定这笔费用.*97 元 5 角/)
    await onPage(phone, '付款进度')
    await section(phone, '请用其他方式支付')
    await reads(phone, '银行没有锁定 ¥97.50，没有扣款')
    await reads(phone, /额度不足.*缴费窗口或自助机/)
    await reads(phone, '本次就诊的其他费用不受影响')
    await neverReads(phone, /失败|处理中/)
    await press(phone, '查看本次就诊')
    await onPage(phone, '就诊详情')
    await button(phone, /西药处方.*97 元 5 角.*请用其他方式支付/).waitFor()
    await button(phone, /病历工本费.*0 元 1 分.*已锁定，未扣款/).waitFor()
    await reads(phone, '需用其他方式支付')
  }))

it('a child on family pay reads 亲情付 and learns nothing about whose quota it is', () =>
  inBrowser({}, async ({ world, phone }) => {
    const his = world.his()
    await accountOf(world, '陈果')
    await his.start('V1', '陈果')
    await his.order('V1', medicine)
    const answers: Promise<string>[] = []
    phone.page.on('response', (answer) => {
      if (/\/api\/(home|credit|visits|payments|cards)/.test(answer.url())) answers.push(answer.text())
    })
    const secret = /静|18,?615|20,?000\.|协议|短信|请在.*还款/
    await openAs(phone, '陈果')
    await press(phone, '切换就诊人')
    await press(phone, /陈\*（本人 · 7 岁）.*锦城市第一人民医院/)
    await press(phone, /^信用就医/)
    await press(phone, '同意并查询')
    await section(phone, '可以使用亲情付')
    await reads(phone, '费用由家人共享给您的额度支付，您不用还款')
    await neverReads(phone, secret)
    await back(phone)
    await reads(phone, '可以使用亲情付')
    await neverReads(phone, secret)
    await press(phone, /^就诊中/)
    await onPage(phone, '就诊详情')
    await reads(phone, '亲情付')
    await neverReads(phone, secret)
    await his.finish('V1', { O3: 9_750 })
    await press(phone, /西药处方.*已扣款/)
    await onPage(phone, '付款进度')
    await section(phone, '已扣款，支付完成')
    await reads(phone, '由家人共享的额度支付，您不用还款')
    await neverReads(phone, secret)
    await back(phone)
    await press(phone, '查看费用明细')
    await onPage(phone, '费用明细')
    await reads(phone, '减少胃酸的药')
    await neverReads(phone, secret)
    const sent = (await Promise.all(answers)).join('\n')
    expect(sent).toContain('family')
    expect(sent).not.toMatch(/陈静|1861500|2000000|990101198803120020|CM2026990000000001/)
  }))

it('a long name is masked and whole on the smallest phone', () =>
  inBrowser({ width: 320, height: 640 }, async ({ world, phone }) => {
    const his = world.his()
    const app = await accountOf(world, '阿卜杜热合曼·买买提江')
    await his.start('V1', '阿卜杜热合曼·买买提江')
    await his.order(
      'V1',
      order('O1', '手腕磁共振平扫加增强扫描', [
        'E1',
        '腕关节磁共振平扫加增强扫描（含造影剂）',
        '手腕做磁共振，看韧带和软骨',
        'exam',
        '部位',
        12,
        1_023_456,
      ]),
    )
    const [visit] = await visitsOf(app)
    await openAs(phone, '阿卜杜热合曼·买买提江')
    const pages = [
      addresses.home,
      addresses.visits,
      addresses.visit(visit?.id ?? ''),
      addresses.fees(visit?.id ?? ''),
      addresses.payment(visit?.payments[0]?.id ?? ''),
    ]
    for (const address of pages) {
      await visitAddress(phone, address)
      await reads(phone, '¥122,814.72')
      await reads(phone, /阿\*\*\*/)
      expect(await words(phone)).not.toMatch(/卜杜|买买提|阿\*\*\*\*/)
      await expectNoOverflow(phone)
    }
  }))

it('a patient without an agreement reads how to sign up and pays as before', () =>
  inBrowser({}, async ({ world, phone }) => {
    const his = world.his()
    await accountOf(world, '李晓')
    await his.start('V1', '李晓')
    await openAs(phone, '李晓')
    await press(phone, /^信用就医/)
    await press(phone, '不同意，用其他方式支付')
    await section(phone, '本次不使用信用就医')
    await press(phone, '重新考虑')
    await press(phone, '同意并查询')
    await section(phone, '还没有签约信用就医')
    await reads(phone, '不签约也可以看病，费用照常支付')
    await back(phone)
    await reads(phone, '未签约')
    await press(phone, /^就诊中/)
    await onPage(phone, '就诊详情')
    await reads(phone, '未使用信用就医')
    await neverReads(phone, /今晚将扣|已锁定/)
  }))
