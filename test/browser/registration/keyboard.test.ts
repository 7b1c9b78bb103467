import { expect, it } from 'vitest'
import { arrives, focus, keyPress, tabTo } from '../keyboard.ts'
import { button, front, reads } from '../phone.ts'
import { atHome, booksOf, paidOnce } from './scene.ts'
import { confirmCredit, dialog, doctorAtHalfPastTen, stands, withCredit } from './walk.ts'

const stopsInDialog = 3

it('a registration can be made with the keyboard alone: the dialog keeps the focus, and Escape gives it back', () =>
  atHome('张为民', async ({ world, phone }) => {
    const { keyboard } = phone.page
    await keyPress(phone, /^挂号.*选科室/)
    await arrives(phone, '选择科室')
    await tabTo(phone, front(phone).getByRole('textbox', { name: '科室，或哪里不舒服' }))
    await keyboard.type('胃疼')
    await reads(phone, '找到 1 个科室')
    await keyPress(phone, /^消化内科/)
    await arrives(phone, '消化内科')
    await keyPress(phone, doctorAtHalfPastTen, 'Space')
    await arrives(phone, '确认挂号')
    await keyPress(phone, withCredit)
    await dialog(phone).waitFor()
    for (let stops = 0; stops < 2 * stopsInDialog; stops += 1) {
      await keyboard.press('Tab')
      expect(await dialog(phone).locator(':focus').count()).toBe(1)
    }
    await keyboard.press('Escape')
    await dialog(phone).waitFor({ state: 'detached' })
    expect(await focus(phone)).toMatchObject({ tag: 'button', text: withCredit })
    expect(booksOf(world).registrations).toEqual([])
    await keyboard.press('Enter')
    await tabTo(phone, button(phone, confirmCredit))
    await keyboard.press('Space')
    await stands(phone, '挂号成功')
    await arrives(phone, '挂号')
    expect(booksOf(world)).toEqual(paidOnce)
  }))
