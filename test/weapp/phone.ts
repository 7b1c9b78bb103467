import { glassEasel } from 'glass-easel-miniprogram-adapter'
import type { World } from '../world/world.ts'
import { readBuild, weappDir, type Build } from './build.ts'
import type { Device } from './device.ts'
import { Host } from './host.ts'
import type { Loose } from './loose.ts'
import { Meter } from './measure.ts'
import { elementsUnder, linesOf, nameOf, roleOf, seen, type Seen } from './nodes.ts'

type Name = string | RegExp

/** What a phone needs of the world: the BFF, the time, and a way to wait for everybody else. */
type Surroundings = Pick<World, 'url' | 'clock' | 'pass'>

export interface PhoneOptions {
  /** The one-time code of a silent login, for the account on this phone; without it no login succeeds. */
  readonly loginCode?: () => Promise<string>
  /** Where the app is opened; its first page when left out. */
  readonly url?: string
  /** Factor of the type size chosen in WeChat. */
  readonly textScale?: number
  /** The product's own when left out. */
  readonly build?: Build
}

let ownBuild: Build | undefined

/** The product's build for WeChat. */
export const appBuild = (): Build => (ownBuild ??= readBuild(weappDir))

const matches = (name: Name, text: string): boolean => (typeof name === 'string' ? text === name : name.test(text))

/**
 * A phone with WeChat and the app on it. Its time is the world's: it stands still until `pass`, and what has to
 * happen at once has happened when `press`, `type` or `pass` is over.
 */
export class WeappPhone {
  readonly device: Device
  readonly meter = new Meter()
  readonly #world: Surroundings
  readonly #build: Build
  readonly #complaints: string[] = []
  readonly #stopListening: () => void
  #host: Host

  private constructor(world: Surroundings, build: Build, device: Device, url: string) {
    this.#world = world
    this.#build = build
    this.device = device
    this.#stopListening = hearFramework((what) => this.#complaints.push(what))
    this.#host = this.#start(url)
  }

  /** Opens the app. */
  static async open(world: Surroundings, options: PhoneOptions = {}): Promise<WeappPhone> {
    const { build = appBuild(), url = `/${build.pages[0]}`, textScale = 1 } = options
    const device: Device = {
      storage: new Map(),
      textScale,
      isOnline: true,
      losesAnswers: false,
      isTabBarShown: true,
      clipboard: '',
      dialled: [],
      isTapping: false,
      loginCode: options.loginCode ?? (() => Promise.reject(new Error('nobody is logged in'))),
      jump: undefined,
    }
    const phone = new WeappPhone(world, build, device, url)
    await phone.settle()
    return phone
  }

  get host(): Host {
    return this.#host
  }

  /** Errors and warnings of the app or of WeChat's framework. */
  complaints(): readonly string[] {
    return this.#complaints
  }

  /** Path of the page in front. */
  get path(): string {
    return this.#host.pages.front.path
  }

  /** What stands on the page in front. */
  page(): Seen {
    return seen(this.#host.pages.front.root.getComponent())
  }

  /** The page in front as the eyes read it. */
  words(): string {
    return linesOf(this.page()).join('\n')
  }

  reads(text: Name): boolean {
    return linesOf(this.page()).some((line) => (typeof text === 'string' ? line.includes(text) : text.test(line)))
  }

  /** Elements in reach with this role and name: a dialog covers the page under it. */
  all(role: string, name: Name = /./): Seen[] {
    const elements = elementsUnder(this.page())
    const dialog = elements.findLast((node) => roleOf(node) === 'dialog')
    return (dialog ? elementsUnder(dialog) : elements).filter(
      (node) => roleOf(node) === role && matches(name, nameOf(node)),
    )
  }

  /** The one element with this role and name; throws with what the page says when there is none or more than one. */
  the(role: string, name: Name): Seen {
    const [found, ...more] = this.all(role, name)
    if (!found || more.length > 0) {
      const names = this.all(role).map(nameOf).join('」「')
      throw new Error(
        `${more.length + (found ? 1 : 0)} × ${role} ${name} on ${this.path}: 「${names}」\n${this.words()}`,
      )
    }
    return found
  }

  /** Taps the button with this name and waits for what comes of it. */
  async press(name: Name, role = 'button'): Promise<void> {
    this.tap(this.the(role, name))
    await this.settle()
  }

  /** Touches an element. Only what the app does at once is over afterwards. */
  tap({ source, attribute }: Seen): void {
    if (attribute('disabled') !== undefined) return
    this.device.isTapping = true
    this.#send(source, 'tap', { x: 1, y: 1 }, true)
    this.device.isTapping = false
  }

  /** Writes into the field with this name. */
  async type(name: Name, text: string): Promise<void> {
    const { source } = this.the('textbox', name)
    this.#send(source, 'focus', { value: '' })
    this.#send(source, 'input', { value: text, cursor: text.length })
    this.#send(source, 'blur', { value: text })
    await this.settle()
  }

  /** Lets time pass, for the app and for everybody else. */
  async pass(ms: number): Promise<void> {
    const untilMs = this.#world.clock.now() + ms
    await this.settle()
    while (this.#world.clock.step(untilMs)) await this.settle()
  }

  /** Waits until nothing happens any more before time goes on. */
  async settle(): Promise<void> {
    const { realm } = this.#host
    for (let turns = -1; turns !== realm.turns || realm.isWaiting;) {
      turns = realm.turns
      await realm.idle()
      await this.#world.pass(0)
      await new Promise((resolve) => void setImmediate(resolve))
    }
    this.meter.look(this.path, this.page())
  }

  /** Opens the app anew at an address, as a card or a message does; the phone keeps what the app stored. */
  async openAt(url: string): Promise<void> {
    this.#host.close()
    this.#host = this.#start(url)
    await this.settle()
  }

  /** One page back, by WeChat's own bar. */
  async back(): Promise<void> {
    this.#host.realm.later(() => void this.#host.pages.back(1))
    await this.settle()
  }

  /** Touches an entry of WeChat's own tab bar. */
  async openTab(page: string): Promise<void> {
    this.#host.realm.later(() => void this.#host.pages.switchTo(page))
    await this.settle()
  }

  async setOnline(isOnline: boolean): Promise<void> {
    this.#host.setOnline(isOnline)
    await this.settle()
  }

  /** Agrees to open the other mini program; the app is in the background afterwards. */
  async leaveForMiniProgram(): Promise<{ appId: string; path: string; extraData: Loose }> {
    const jump = this.#jump()
    jump.answer(true)
    await this.settle()
    this.#host.hide()
    await this.settle()
    return jump
  }

  /** Says no to WeChat's question about the other mini program. */
  async stayHere(): Promise<void> {
    this.#jump().answer(false)
    await this.settle()
  }

  /** Comes back from the other mini program. */
  async comeBack(appId: string, extraData: Loose = {}): Promise<void> {
    this.#host.show({ appId, extraData })
    await this.settle()
  }

  close(): void {
    this.#host.close()
    this.#stopListening()
  }

  #jump() {
    const { jump } = this.device
    if (!jump) throw new Error(`WeChat asks nothing on ${this.path}:\n${this.words()}`)
    return jump
  }

  #start(url: string): Host {
    const parts = {
      build: this.#build,
      clock: { now: () => this.#world.clock.now(), after: this.#world.clock.after.bind(this.#world.clock) },
      device: this.device,
      bffUrl: this.#world.url,
      meter: this.meter,
      complain: (what: string) => this.#complaints.push(what),
    }
    return new Host(parts, url)
  }

  #send(source: Seen['source'], type: string, detail: Loose, bubbles = false): void {
    const { realm } = this.#host
    realm.run(() =>
      glassEasel.triggerEvent(source, type, realm.copy(detail), { bubbles, composed: bubbles, capturePhase: bubbles }),
    )
  }
}

/** Hears what WeChat's framework has to say about the app, until called off. */
function hearFramework(complain: (what: string) => void): () => void {
  const onError = (error: unknown, method?: string): false => {
    complain(`framework: ${error instanceof Error ? error.stack : String(error)} in ${method}`)
    return false
  }
  const onWarning = (message: string): false => {
    complain(`framework: ${message}`)
    return false
  }
  glassEasel.addGlobalErrorListener(onError)
  glassEasel.addGlobalWarningListener(onWarning)
  return () => {
    glassEasel.removeGlobalErrorListener(onError)
    glassEasel.removeGlobalWarningListener(onWarning)
  }
}
