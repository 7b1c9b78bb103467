import { expect, it } from 'vitest'
import { personNamed } from '../world/his-client.ts'
import { formsOf } from '../world/secret-forms.ts'
import type { Phone } from './browser.ts'
import { accountOf } from './clinic.ts'
import { addresses, button, front, onPage, openAs, press, reads, section, signIn, visitAddress } from './phone.ts'
import { backToHospital, leaveForBank, signUp } from './registration/bank-pages.ts'
import { outside } from './registration/scene.ts'
import { confirmCredit, stands, toDialog } from './registration/walk.ts'
import { Residue } from './residue.ts'
import { inBrowser } from './session.ts'

const { name, idNumber } = personNamed('许佳怡')

async function addCard(phone: Phone): Promise<void> {
  const type = (label: string, text: string) => front(phone).getByRole('textbox', { name: label }).fill(text)
  await press(phone, '添加就诊卡')
  await press(phone, '锦城市第一人民医院')
  await type('姓名', name)
  await type('身份证号', `${idNumber.slice(0, 17)}${idNumber.endsWith('1') ? '2' : '1'}`)
  await press(phone, /^添加$/)
  await reads(phone, '请先改正上面标出的地方')
  await type('身份证号', idNumber)
  await press(phone, /^添加$/)
  await section(phone, '就诊卡已添加')
}

it('name and identity number of a newcomer stay nowhere: not on the device, not in an address, an answer, the log or the database', () =>
  inBrowser({ alsoAt: outside }, async (scene) => {
    const { phone, world } = scene
    const residue = await Residue.follow(scene)
    await visitAddress(phone, addresses.home)
    await signIn(phone, '许佳怡')
    await addCard(phone)
    expect(await residue.leaks(name, idNumber)).toEqual([])
    await press(phone, '回到首页')
    await press(phone, /^信用就医/)
    await press(phone, '同意并查询')
    await press(phone, '去签约')
    await leaveForBank(scene)
    await signUp(scene)
    await backToHospital(scene)
    await section(phone, '已签约，可以使用')
    await visitAddress(phone, addresses.home)
    await toDialog(phone)
    await press(phone, confirmCredit)
    await stands(phone, '挂号成功')
    await press(phone, '查看挂号费付款')
    await onPage(phone, '付款进度')
    for (const page of ['pages/records/index', 'packages/account/cards/index', 'packages/account/consents/index']) {
      await visitAddress(phone, `/${page}`)
      await reads(phone, /许\*|消化内科/)
    }
    await world.rest()
    expect(await residue.leaks(name, idNumber)).toEqual([])
  }))

/** Leaves a text wherever a careless page could leave it. */
const leave = (form: string): string => `(async () => {
  const form = ${JSON.stringify(form)}
  const key = 'k' + localStorage.length
  localStorage.setItem(key, form)
  sessionStorage.setItem(key, form)
  document.cookie = key + '=' + form
  history.replaceState({ form }, '', '?control=' + form)
  console.log(form)
  const cache = await caches.open('control')
  await cache.put('/control?' + form, new Response(''))
  await new Promise((done) => {
    const opening = indexedDB.open(key)
    opening.onupgradeneeded = () => opening.result.createObjectStore('control', { autoIncrement: true }).add(form)
    opening.onsuccess = () => { opening.result.close(); done() }
  })
  await fetch('/api/control?' + form).catch(() => undefined)
})()`

const everywhere = [
  'localStorage',
  'sessionStorage',
  'cookies',
  'allCookies',
  'databases',
  'caches',
  'historyState',
  'addresses',
  'requests',
  'answers',
  'console',
  'log',
  'database',
]

it('a name that is left behind in any form would be found wherever it was', () =>
  inBrowser({}, async (scene) => {
    const { phone, world } = scene
    const residue = await Residue.follow(scene)
    await accountOf(world, '陈静')
    phone.expectRefusal(404, '/api/control')
    await openAs(phone, '陈静')
    for (const [at] of formsOf('控制人').entries()) {
      const secret = `控制人${'甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥'.charAt(at)}`
      const form = formsOf(secret)[at] ?? ''
      expect(await residue.leaks(secret)).toEqual([])
      await world.his().start(`V${at}`, '陈静', { department: form })
      await visitAddress(phone, addresses.visits)
      await button(phone, /周明远/)
        .first()
        .waitFor()
      world.x.log.info({ form }, 'control')
      await phone.page.evaluate(leave(form))
      const found = (await residue.leaks(secret)).map((line) => line.split(':')[0])
      expect([...new Set(found)].sort(), form).toEqual(everywhere.toSorted())
    }
  }))
