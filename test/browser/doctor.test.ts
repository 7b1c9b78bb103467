import { it } from 'vitest'
import type { World } from '../world/world.ts'
import { accountOf } from './clinic.ts'
import { button, onPage, openAs, press, reads } from './phone.ts'
import { picture } from './pictures.ts'
import { inBrowser } from './session.ts'

const hospitalUrl = (world: World): string => world.x.institution('jc-first').hospitalUrl
const hospitalOrigin = (world: World): string[] => [new URL(hospitalUrl(world)).origin]

it('what the doctor writes on the hospital’s own page is what the patient reads', () =>
  inBrowser({ width: 1280, height: 960, alsoAt: hospitalOrigin }, async ({ world, phone }) => {
    const { page } = phone
    await accountOf(world, '陈静')
    await page.goto(`${hospitalUrl(world)}/doctor`)
    await page.getByRole('link', { name: /陈静/ }).click()
    await page.getByRole('heading', { name: '收费窗口询问患者' }).waitFor()
    await page.getByRole('button', { name: '确认', exact: true }).click()
    await page.getByText('该患者本次就诊已确认使用“信用就医”服务').waitFor()
    await page.getByRole('button', { name: /胃痛反酸检查/ }).click()
    await page.getByRole('button', { name: '提交医嘱' }).filter({ visible: true }).click()
    await page.getByText('患者本次使用“信用就医”额度支付总费用').waitFor()
    await picture(page, 'doctor')
    await page.getByRole('button', { name: '知道了' }).click()

    await page.setViewportSize({ width: 390, height: 844 })
    await openAs(phone, '陈静')
    await press(phone, /^就诊中，已锁定/)
    await onPage(phone, '就诊详情')
    await button(phone, /胃痛反酸检查.*338 元.*已锁定，未扣款/).waitFor()
    await reads(phone, '最晚今晚 23:30')
  }))
