import { expect, it } from 'vitest'
import { front, addresses, comeBack, reads, section, visitAddress } from './phone.ts'
import { accountOf, blood, gastroscopy, medicine } from './clinic.ts'
import { arrives, focus, keyPress, tabTo } from './keyboard.ts'
import { inBrowser } from './session.ts'

it('the first visit can be made with the keyboard alone: focus is seen, and each page begins at its heading', () =>
  inBrowser({}, async ({ world, phone }) => {
    const { page } = phone
    phone.expectRefusal(401, '/api/session')
    await accountOf(world, '陈静')
    await visitAddress(phone, addresses.home)
    await section(phone, '请先登录')
    await arrives(phone, '就医付款')
    await keyPress(phone, '微信登录')
    await tabTo(phone, page.getByRole('button', { name: /^陈静/ }))
    await comeBack(phone, () => page.keyboard.press('Enter'))
    await section(phone, '接下来')
    await arrives(phone, '就医付款')

    await keyPress(phone, /^信用就医/)
    await arrives(phone, '信用就医')
    await keyPress(phone, '同意并查询', 'Space')
    await section(phone, '已签约，可以使用')
    await arrives(phone, '信用就医')

    const his = world.his()
    await his.start('V1', '陈静')
    await his.order('V1', gastroscopy)
    await keyPress(phone, '返回')
    await arrives(phone, '就医付款')
    await keyPress(phone, /^今晚将扣款.*280 元/)
    await arrives(phone, '就诊详情')
    await reads(phone, '最晚今晚 23:30')
    await his.order('V1', blood)
    await his.order('V1', medicine)
    await reads(phone, '¥564.10')
    // What arrives by itself does not take the focus away from the reader.
    expect(await focus(phone)).toMatchObject({ tag: 'h1', text: '就诊详情' })

    await his.finish('V1', { O1: 28_000, O2: 18_660, O3: 6_500 })
    await reads(phone, '¥531.60')
    await reads(phone, '¥32.50')
    await keyPress(phone, /西药处方.*65 元.*按实际扣款/, 'Space')
    await arrives(phone, '付款进度')
    await section(phone, '已按实际费用扣款')
    await keyPress(phone, '返回', 'Space')
    await arrives(phone, '就诊详情')
    await keyPress(phone, '查看费用明细')
    await arrives(phone, '费用明细')
    await reads(phone, '¥32.50/盒 × 3')

    await visitAddress(phone, addresses.home)
    await arrives(phone, '就医付款')
    const elder = front(phone).getByRole('switch', { name: /长辈版/ })
    await tabTo(phone, elder)
    await page.keyboard.press('Space')
    expect(await elder.getAttribute('aria-checked')).toBe('true')
  }))
