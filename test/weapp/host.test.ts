import { expect, it } from 'vitest'
import { TestClock } from '../world/test-clock.ts'
import { buildOf } from './build.ts'
import { WeappPhone } from './phone.ts'

const template = '<view aria-role="heading">{{said}}</view><button bindtap="go" wx:if="{{!gone}}">去</button>'

/** A page that says something above a button. */
const page = (name: string, script: string): readonly (readonly [string, string])[] => [
  [`pages/${name}.json`, '{}'],
  [`pages/${name}.wxml`, template],
  [`pages/${name}.js`, `Page({ data: { part: {} }, say(said) { this.setData({ said }) }, ${script} })`],
]

const onward = (tab: string): string => `go() { this.say('留着'); wx.switchTab({ url: '/pages/${tab}' }) }`

const config = {
  pages: ['pages/one', 'pages/left', 'pages/right'],
  tabBar: { list: [{ pagePath: 'pages/left' }, { pagePath: 'pages/right' }] },
}

/** A mini program whose first page has this script, opened on a phone whose BFF does not exist. */
async function inWechat(script: string, play: (phone: WeappPhone) => Promise<void>): Promise<void> {
  const files = new Map([
    ['app.json', JSON.stringify(config)],
    ['app.js', 'App({ onShow(how) { this.how = how } })'],
    ...page('one', script),
    ['pages/one.json', '{"usingComponents":{"part":"../part"}}'],
    ['pages/one.wxml', `${template}<part of="{{part}}" />`],
    ['part.json', '{"component":true}'],
    ['part.wxml', '<text>{{of.said}}</text>'],
    ['part.js', 'Component({ properties: { of: { type: Object, value: {} } } })'],
    ...page('left', onward('right')),
    ...page('right', onward('left')),
  ])
  const clock = new TestClock(1_000)
  const pass = async (ms: number): Promise<void> => {
    const untilMs = clock.now() + ms
    while (clock.step(untilMs));
  }
  const phone = await WeappPhone.open({ url: 'http://127.0.0.1:9', clock, pass }, { build: buildOf(files) })
  try {
    await play(phone)
  } finally {
    phone.close()
  }
}

const said = (phone: WeappPhone): string => phone.words().split('\n')[0] ?? ''

it('shows what a tap leads to, and counts what it costs', () =>
  inWechat("go() { this.setData({ said: '到了', gone: true }) }", async (phone) => {
    await phone.press('去')
    expect(phone.words()).toBe('到了')
    const bytes = Buffer.byteLength(JSON.stringify({ said: '到了', gone: true }))
    expect(phone.meter.costs.get('pages/one')).toEqual({ nodes: 4, depth: 2, children: 3, bytes })
  }))

it('hands data to components', () =>
  inWechat("onLoad() { this.setData({ part: { said: '在里面' } }) }", async (phone) => {
    expect(phone.reads('在里面')).toBe(true)
    expect(phone.complaints()).toEqual([])
  }))

it('runs scripts without anything of a browser or of Node', () =>
  inWechat(
    `onLoad() {
      const foreign = ['window', 'document', 'fetch', 'process', 'URL', 'AbortController', 'MessageChannel', 'Intl', 'Buffer']
      this.say(foreign.filter((name) => name in globalThis).join() || '干净')
    },
    go() { new Function('return 1')() }`,
    async (phone) => {
      expect(said(phone)).toBe('干净')
      await phone.press('去')
      expect(phone.complaints().join()).toContain('Code generation from strings disallowed')
    },
  ))

it('keeps the time of the world', () =>
  inWechat(
    'onLoad() { this.say(String(Date.now())); setTimeout(() => this.say(String(new Date().getTime())), 500) }',
    async (phone) => {
      expect(said(phone)).toBe('1000')
      await phone.pass(499)
      expect(said(phone)).toBe('1000')
      await phone.pass(1)
      expect(said(phone)).toBe('1500')
    },
  ))

it('hands what nobody caught to the test', () =>
  inWechat("onLoad() { console.error('坏了') }, go() { setTimeout(() => wx.unknownCall()) }", async (phone) => {
    await phone.press('去')
    expect(phone.complaints()).toEqual(['console: 坏了', expect.stringContaining('wx.unknownCall is not a function')])
  }))

it('opens no eleventh page', () =>
  inWechat(
    `onLoad() { this.say(String(getCurrentPages().length)) },
    go() { wx.navigateTo({ url: '/pages/one', fail: ({ errMsg }) => this.say(errMsg) }) }`,
    async (phone) => {
      for (let page = 1; page < 10; page += 1) await phone.press('去')
      expect(said(phone)).toBe('10')
      await phone.press('去')
      expect(said(phone)).toBe('navigateTo:fail webview count limit exceed')
      expect(phone.meter.deepestStack).toBe(10)
    },
  ))

it('opens another mini program only inside a tap, and only when the person agrees', () => {
  const script = `
    ask() { wx.navigateToMiniProgram({ appId: 'wxbank', path: 'p', extraData: { t: '1' }, success: () => this.say('去了'), fail: ({ errMsg }) => this.say(errMsg) }) },
    onLoad() { this.ask() },
    go() { this.ask() },
    onShow() { const { how } = getApp(); if (how.scene === 1038) this.say('从 ' + how.referrerInfo.appId + ' 回来') }`
  return inWechat(script, async (phone) => {
    expect(said(phone)).toBe('navigateToMiniProgram:fail can only be invoked by user TAP gesture.')
    await phone.press('去')
    await phone.stayHere()
    expect(said(phone)).toBe('navigateToMiniProgram:fail cancel')
    await phone.press('去')
    expect(await phone.leaveForMiniProgram()).toMatchObject({ appId: 'wxbank', path: 'p', extraData: { t: '1' } })
    expect(said(phone)).toBe('去了')
    await phone.comeBack('wxbank')
    expect(said(phone)).toBe('从 wxbank 回来')
  })
})

it('reaches a page of the tab bar only by switching, which leaves the others and keeps the tabs', () =>
  inWechat(
    `go() {
      const url = '/pages/left'
      wx.navigateTo({ url, fail: ({ errMsg }) => { this.say(errMsg); setTimeout(() => wx.switchTab({ url }), 1) } })
    }`,
    async (phone) => {
      await phone.press('去')
      expect(said(phone)).toBe('navigateTo:fail can not navigateTo a tabbar page')
      await phone.pass(1)
      expect(phone.path).toBe('pages/left')
      expect(phone.host.pages.instances()).toHaveLength(1)
      await phone.press('去')
      expect(phone.path).toBe('pages/right')
      expect(said(phone)).toBe('去')
      await phone.press('去')
      expect(phone.path).toBe('pages/left')
      expect(said(phone)).toBe('留着')
    },
  ))

it('reaches no other address than the BFF', () =>
  inWechat(
    "go() { wx.request({ url: 'https://example.org/', fail: ({ errMsg }) => this.say(errMsg) }) }",
    async (phone) => {
      await phone.press('去')
      expect(said(phone)).toBe('request:fail url not in domain list: https://example.org/')
    },
  ))

it('notices an attribute for screen readers that no template carries', () =>
  inWechat("go() { this.setData({ 'root.cn.[0].ariaModal': 'true', p3: 'carried' }) }", async (phone) => {
    await phone.press('去')
    expect([...phone.meter.lostAttributes]).toEqual(['ariaModal'])
  }))
