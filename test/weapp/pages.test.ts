import { expect, it } from 'vitest'
import { blood, gastroscopy } from '../browser/clinic.ts'
import { personNamed } from '../world/his-client.ts'
import { expectReadable, onPage, onPhone } from './scene.ts'

const minute = 60_000

it('an account is opened silently, and its token renewed silently', () =>
  onPhone('陈静', async ({ world, phone }) => {
    const sent = (): string[] => phone.host.wire.sent.map(({ method, path, status }) => `${method} ${path} ${status}`)
    const signIns = (): number => sent().filter((one) => one === 'POST /api/session 200').length
    expect(sent()[0]).toBe('POST /api/session 200')
    expect(signIns()).toBe(1)
    const first = phone.device.storage.get('session')

    phone.host.hide()
    await phone.pass(3 * 60 * minute)
    phone.host.show()
    await phone.settle()
    expect(sent().some((one) => one.endsWith(' 401'))).toBe(true)
    expect(signIns()).toBe(2)
    expect(phone.device.storage.get('session')).not.toBe(first)
    onPage(phone, '就医付款')
    expect(world.logLines.join()).not.toContain(String(first))
  }))

it('nothing goes to the bank before the patient agrees, and the answer is shown', () =>
  onPhone('陈静', async ({ world, phone }) => {
    const asked = (): number => world.sandbox.bank.journal().filter(({ api }) => api === 'querySign').length
    await phone.press(/^信用就医/)
    onPage(phone, '信用就医')
    expectReadable(phone)
    expect(phone.reads('查询信用就医前，请您确认')).toBe(true)
    expect(asked()).toBe(0)
    await phone.press('同意并查询')
    expect(phone.reads('已签约，可以使用')).toBe(true)
    expect(asked()).toBe(1)
    await phone.back()
    expect(phone.reads('已签约，本人额度')).toBe(true)
  }))

it('a visit is followed from the list to the last fee', () =>
  onPhone('陈静', async ({ world, phone }) => {
    const his = world.his()
    await his.start('V1', '陈静')
    await his.order('V1', gastroscopy)
    await his.order('V1', blood)
    await world.rest()
    await phone.press(/^就诊记录/)
    onPage(phone, '就诊记录')
    await phone.press(/^消化内科 · 周明远.*466 元 6 角/)
    onPage(phone, '就诊详情')
    expect(phone.reads('最晚今晚 23:30')).toBe(true)
    await phone.press(/^胃镜检查.*280 元.*已锁定，未扣款/)
    onPage(phone, '付款进度')
    await phone.back()
    await his.finish('V1', { O1: 28_000, O2: 18_660 })
    await phone.pass(minute)
    expect(phone.reads('已结束')).toBe(true)
    await phone.press('查看费用明细')
    onPage(phone, '费用明细')
    expect(phone.reads('¥112.60')).toBe(true)
  }))

it('without a connection the page says so, and loads as soon as there is one', () =>
  onPhone('陈静', async ({ phone }) => {
    await phone.setOnline(false)
    await phone.press(/^就诊记录/)
    await phone.pass(minute)
    expect(phone.reads('网络没有连接')).toBe(true)
    await phone.setOnline(true)
    await phone.press('重新加载')
    expect(phone.reads('网络没有连接')).toBe(false)
  }))

it('type grows with WeChat’s own setting, and 长辈版 draws a tab bar of its own', () =>
  onPhone(
    '陈静',
    async ({ phone }) => {
      const style = () => phone.page().elements[0]?.source.style
      expect(style()).toContain('--k: 1.2;')
      await phone.press(/^长辈版/, 'switch')
      expect(style()).toContain('--k: 1.3;')
      expect(phone.device.isTabBarShown).toBe(false)
      await phone.press('我的', 'tab')
      onPage(phone, '我的')
      expectReadable(phone)
      await phone.press('首页', 'tab')
      await phone.press(/^长辈版/, 'switch')
      expect(phone.device.isTabBarShown).toBe(true)
      expect(phone.all('tab')).toEqual([])
      await phone.openTab('/pages/records/index')
      onPage(phone, '我的记录')
    },
    { textScale: 1.2 },
  ))

it('a card is bound without anything of the person staying on the phone', () =>
  onPhone('陈静', async ({ phone }) => {
    const child = personNamed('陈果')
    await phone.press(/^就诊卡/)
    await phone.press('添加就诊卡')
    await phone.press('锦城市第一人民医院')
    await phone.press('家人')
    await phone.type(/^姓名/, child.name)
    await phone.type(/^身份证号/, child.idNumber)
    await phone.press('添加')
    expect(phone.reads('就诊卡已添加')).toBe(true)
    const kept = JSON.stringify([...phone.device.storage])
    for (const secret of [child.name, child.idNumber]) expect(kept).not.toContain(secret)
  }))
