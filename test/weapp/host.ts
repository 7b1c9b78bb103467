import type { Build } from './build.ts'
import { Connection } from './connection.ts'
import type { Device } from './device.ts'
import { fakeWx } from './fake-wx.ts'
import { callIfThere, isRecord, type Loose } from './loose.ts'
import type { Meter } from './measure.ts'
import { addressOf, PageStack } from './pages.ts'
import { Realm, type PhoneClock } from './realm.ts'
import { View } from './view.ts'
import { Wire } from './wire.ts'

export interface HostParts {
  readonly build: Build
  readonly clock: PhoneClock
  readonly device: Device
  /** Where the BFF really is. */
  readonly bffUrl: string
  readonly meter: Meter
  /** Something went wrong that no one caught. */
  readonly complain: (what: string) => void
}

/** How WeChat came to show the app; 1001 is the list of mini programs, 1038 the return from another one. */
type Scene = 1001 | 1038

/** WeChat around the app: it starts it, shows and hides it, and ends it. */
export class Host {
  readonly realm: Realm
  readonly pages: PageStack
  readonly wire: Wire
  readonly #device: Device
  readonly #connection = new Connection()
  #app: Loose = {}

  /** Starts the app at an address. */
  constructor({ build, clock, device, bffUrl, meter, complain }: HostParts, url: string) {
    this.#device = device
    this.realm = new Realm({ build, clock, complain })
    const view = new View(build, (task) => void this.realm.later(task))
    this.pages = new PageStack(build, this.realm, view, meter)
    this.wire = new Wire({ realm: this.realm, clock, device, bffUrl })
    const opened = { ...addressOf(url), scene: 1001 satisfies Scene, referrerInfo: {} }
    const { realm, pages, wire } = this
    realm.offer('wx', fakeWx({ realm, device, pages, wire, opened }, this.#connection))
    realm.offer('App', (app: unknown) => {
      if (isRecord(app)) this.#app = app
    })
    realm.offer('getApp', () => this.#app)
    realm.offer('getCurrentPages', pages.instances)
    realm.run(() => void realm.load('app.js'))
    this.#tellApp('onLaunch', opened)
    this.#tellApp('onShow', opened)
    const outcome = pages.restart(url)
    if ('reason' in outcome) this.#tellApp('onPageNotFound', { ...addressOf(url), isEntryPage: true })
  }

  /** The person leaves for something else. */
  hide(): void {
    this.pages.hide()
    this.#tellApp('onHide')
  }

  /** The person is back, from another mini program when `extraData` is given. */
  show(from?: { readonly appId: string; readonly extraData: Loose }): void {
    const scene: Scene = from ? 1038 : 1001
    const { path } = this.pages.front
    this.#tellApp('onShow', { path, query: {}, scene, referrerInfo: from ?? {} })
    this.pages.show()
  }

  setOnline(isOnline: boolean): void {
    this.#device.isOnline = isOnline
    this.#connection.changed(this.realm, isOnline)
  }

  /** Ends the app as WeChat does when it needs the room: without a word to it. */
  close(): void {
    this.realm.close()
    this.pages.close()
  }

  #tellApp(event: string, ...given: unknown[]): void {
    this.realm.run(() => callIfThere(this.#app, event, ...given.map((one) => this.realm.copy(one))))
  }
}
