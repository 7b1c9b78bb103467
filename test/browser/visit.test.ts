import { expect, it } from 'vitest'
import { accountOf, blood, gastroscopy, medicine } from './clinic.ts'
import { addresses, back, button, neverReads, onPage, press, reads, section, signIn, visitAddress } from './phone.ts'
import { picture, scale } from './pictures.ts'
import { inBrowser } from './session.ts'

const minute = 60_000

it('a newcomer signs in, agrees, and reads every step of a visit on “信用就医”', () =>
  inBrowser({ scale }, async ({ world, phone }) => {
    await accountOf(world, '陈静')
    await visitAddress(phone, addresses.home)
    await signIn(phone, '陈静')
    await onPage(phone, '就医付款')
    await reads(phone, '今天没有需要您处理的事')

    await press(phone, /^信用就医/)
    await onPage(phone, '信用就医')
    await section(phone, '查询信用就医前，请您确认')
    const asked = () => world.sandbox.bank.journal().filter((row) => row.api === 'querySign').length
    expect(asked()).toBe(0)
    await press(phone, '同意并查询')
    await section(phone, '已签约，可以使用')
    expect(asked()).toBe(1)

    const his = world.his()
    await his.start('V1', '陈静')
    await back(phone)
    await onPage(phone, '就医付款')
    await reads(phone, '已签约，本人额度')
    await press(phone, /^就诊中/)
    await onPage(phone, '就诊详情')
    await section(phone, '消化内科')
    await reads(phone, '医生还没有开单，开单后会自动显示在这里')

    await his.order('V1', gastroscopy)
    await button(phone, /胃镜检查.*280 元.*已锁定，未扣款/).waitFor()
    await section(phone, '今晚将扣')
    await reads(phone, '最晚今晚 23:30')
    await reads(phone, '就诊结束后按实际费用扣除，没有用到的部分自动释放')
    await world.pass(12 * minute)
    await his.order('V1', blood)
    await his.order('V1', medicine)
    await button(phone, /血液化验.*186 元 6 角.*已锁定，未扣款/).waitFor()
    await reads(phone, '¥564.10')
    await neverReads(phone, /已扣款/)
    await picture(phone.page, 'visit-open')

    await press(phone, '返回')
    await onPage(phone, '就医付款')
    await button(phone, /^今晚将扣款.*最晚今晚 23:30.*564 元 1 角/).waitFor()
    await button(phone, /^就诊中，已锁定.*消化内科 · 周明远.*564 元 1 角/).waitFor()
    await picture(phone.page, 'home')
    await press(phone, /^今晚将扣款/)
    await onPage(phone, '就诊详情')

    await world.pass(25 * minute)
    await his.finish('V1', { O1: 28_000, O2: 18_660, O3: 6_500 })
    await button(phone, /西药处方.*65 元.*按实际扣款/).waitFor()
    await reads(phone, '已结束')
    await reads(phone, '¥531.60')
    await reads(phone, '已释放')
    await reads(phone, '¥32.50')
    await neverReads(phone, /今晚将扣|就诊中/)
    await picture(phone.page, 'visit-paid')

    await press(phone, /西药处方/)
    await onPage(phone, '付款进度')
    await section(phone, '已按实际费用扣款')
    await reads(phone, '已从信用就医额度扣除 ¥65.00，没有用到的 ¥32.50 已释放')
    await back(phone)
    await press(phone, '查看费用明细')
    await onPage(phone, '费用明细')
    for (const [official, plain, price, amount] of [
      ['电子胃镜检查', '用细软镜子看食管和胃', '¥280.00/次 × 1', '¥280.00'],
      ['血常规（五分类）', '抽血看血细胞，查感染和贫血', '¥20.00/次 × 1', '¥20.00'],
      ['肝功能九项', '抽血看肝脏好不好', '¥54.00/组 × 1', '¥54.00'],
      ['碳十三尿素呼气试验', '吹气查幽门螺杆菌', '¥112.60/次 × 1', '¥112.60'],
      ['奥美拉唑肠溶胶囊', '减少胃酸的药', '¥32.50/盒 × 3', '¥97.50'],
    ] as const) {
      for (const text of [official, plain, price, amount]) await reads(phone, text)
    }
    await reads(phone, /^开单合计$/)
    await reads(phone, '¥564.10')
    await reads(phone, '¥531.60')
    await section(phone, '检查费')
    await section(phone, '化验费')
    await section(phone, '西药费')
    await picture(phone.page, 'fees')

    await visitAddress(phone, addresses.credit)
    await section(phone, '已签约，可以使用')
    await section(phone, '在本院的使用')
    await picture(phone.page, 'credit-status')
  }))
