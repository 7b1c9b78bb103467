import type { Root } from 'glass-easel-miniprogram-adapter'
import type { Build } from './build.ts'
import { callIfThere, isRecord, type Loose } from './loose.ts'
import type { Meter } from './measure.ts'
import type { Realm } from './realm.ts'
import { attach, detach, type View } from './view.ts'
import type { Outcome } from './wx-call.ts'

/** WeChat opens no eleventh page. */
const stackLimit = 10

/** A page that the app has opened. */
export interface OpenPage {
  readonly path: string
  /** The address that it was opened at. */
  readonly url: string
  readonly root: Root
  /** What the app knows as the page: its `this`, a member of `getCurrentPages()`. */
  readonly instance: Loose
}

/** An address of the app: path and parameters, the latter as WeChat hands them over, not decoded. */
export function addressOf(url: string): { readonly path: string; readonly query: Loose } {
  const [path = '', search = ''] = url.replace(/^\//, '').split('?')
  const pairs = search.split('&').filter(Boolean)
  return {
    path,
    query: Object.fromEntries(pairs.map((pair) => [pair.split('=')[0], pair.slice(pair.indexOf('=') + 1)])),
  }
}

/** The pages above one another, the front one last, with the life cycle that WeChat gives them. */
export class PageStack {
  readonly #build: Build
  readonly #realm: Realm
  readonly #view: View
  readonly #meter: Meter
  readonly #defined = new Set<string>()
  readonly #pages: OpenPage[] = []
  /** Pages of the tab bar that have been opened and are not on the stack: they live on, unseen. */
  readonly #tabsAside = new Map<string, OpenPage>()

  constructor(build: Build, realm: Realm, view: View, meter: Meter) {
    this.#build = build
    this.#realm = realm
    this.#view = view
    this.#meter = meter
  }

  /** The page in front. */
  get front(): OpenPage {
    const front = this.#pages.at(-1)
    if (!front) throw new Error('no page is open')
    return front
  }

  get isTabInFront(): boolean {
    return this.#build.tabs.includes(this.front.path)
  }

  /** The stack as the app sees it. */
  readonly instances = (): Loose[] => this.#pages.map(({ instance }) => instance)

  /** `wx.navigateTo`. */
  open(url: string): Outcome {
    if (this.#pages.length >= stackLimit) return { reason: 'webview count limit exceed' }
    return this.#unlessTab(url) ?? this.#enter(url, () => this.hide())
  }

  /** `wx.redirectTo`. */
  replace(url: string): Outcome {
    return this.#unlessTab(url) ?? this.#enter(url, () => this.#drop())
  }

  /** `wx.reLaunch`, and the start of the app. */
  restart(url: string): Outcome {
    return this.#enter(url, () => this.close())
  }

  /** `wx.switchTab`: everything but pages of the tab bar is left. */
  switchTo(url: string): Outcome {
    const { path } = addressOf(url)
    if (!this.#build.tabs.includes(path)) return { reason: 'can not switch to no-tabBar page' }
    if (this.#pages.length === 1 && this.front.path === path) return {}
    while (this.#pages.length > 1 || (this.#pages.length === 1 && !this.isTabInFront)) this.#drop()
    const left = this.#pages.pop()
    if (left && left.path !== path) {
      this.#tell(left, 'onHide')
      this.#tabsAside.set(left.path, left)
    }
    const known = left?.path === path ? left : this.#tabsAside.get(path)
    this.#tabsAside.delete(path)
    if (!known) return this.#enter(url, () => undefined)
    this.#pages.push(known)
    this.show()
    return {}
  }

  /** `wx.navigateBack`, and WeChat's own bar. */
  back(delta: number): Outcome {
    if (this.#pages.length === 1) return { reason: 'cannot navigate back at first page.' }
    for (let left = delta; left > 0 && this.#pages.length > 1; left -= 1) this.#drop()
    this.show()
    return {}
  }

  /** Tells the front page that it is seen again. */
  show(): void {
    this.#tell(this.front, 'onShow')
  }

  /** Tells the front page that it is not seen any more. */
  hide(): void {
    this.#tell(this.front, 'onHide')
  }

  /** Leaves every page. */
  close(): void {
    while (this.#pages.length > 0) this.#drop()
    for (const tab of this.#tabsAside.values()) this.#unload(tab)
    this.#tabsAside.clear()
  }

  #unlessTab(url: string): Outcome | undefined {
    const isTab = this.#build.tabs.includes(addressOf(url).path)
    return isTab ? { reason: 'can not navigateTo a tabbar page' } : undefined
  }

  /** Opens a page on what `leave` leaves of the stack; an unknown address changes nothing. */
  #enter(url: string, leave: () => void): Outcome {
    const { path, query } = addressOf(url)
    if (!this.#build.pages.includes(path)) return { reason: `page "${path}" is not found` }
    leave()
    this.#define(path)
    const root = this.#view.create(path)
    const instance: unknown = root.get()
    if (!isRecord(instance)) throw new Error(`${path} is no page`)
    Object.assign(instance, { route: path, __route__: path, options: this.#realm.copy(query) })
    this.#meter.watch(path, instance)
    const page = { path, url, root, instance }
    this.#pages.push(page)
    this.#meter.stacked(this.#pages.length)
    this.#tell(page, 'onLoad', this.#realm.copy(query))
    attach(root)
    this.#tell(page, 'onShow')
    this.#tell(page, 'onReady')
    return {}
  }

  #drop(): void {
    const page = this.#pages.pop()
    if (page) this.#unload(page)
  }

  #unload(page: OpenPage): void {
    this.#tell(page, 'onUnload')
    detach(page.root)
  }

  #tell({ instance }: OpenPage, event: string, ...given: unknown[]): void {
    this.#realm.run(() => callIfThere(instance, event, ...given))
  }

  /** Registers a page or component, the components that it uses first. */
  #define(path: string): void {
    if (this.#defined.has(path)) return
    this.#defined.add(path)
    for (const used of Object.values(this.#build.partConfig(path).usingComponents ?? {})) {
      this.#define(new URL(used, `app:///${path}`).pathname.slice(1))
    }
    this.#view.define(path, (env) => this.#realm.register(env, path))
  }
}
