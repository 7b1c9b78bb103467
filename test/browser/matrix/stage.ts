import type { Page, Route } from 'playwright-core'
import { World } from '../../world/world.ts'
import { h5Dir, openPhone, type Phone } from '../browser.ts'
import { onPage, reads, signIn, visitAddress, words } from '../phone.ts'
import { newcomer, type Place } from './places.ts'
import { everyState, type Seeded } from './seeded.ts'

interface Way {
  /** 长辈版 is switched on on this device. */
  readonly elder?: boolean
  /** What is to be done to the browser before it leaves for the place. */
  readonly before?: (page: Page) => Promise<void>
}

/** One world with every state in it and one browser that goes from place to place. */
export class Stage {
  readonly world: World
  readonly phone: Phone
  readonly #seeded: Seeded
  private constructor(world: World, phone: Phone, seeded: Seeded) {
    this.world = world
    this.phone = phone
    this.#seeded = seeded
  }

  static async open(): Promise<Stage> {
    const world = await World.start({ h5Dir })
    const seeded = await everyState(world)
    const phone = await openPhone(world)
    await visitAddress(phone, '/')
    // Signed in by hand, and without the cards that `World.signIn` binds.
    await signIn(phone, '何俊')
    await onPage(phone, '就医付款')
    const session = (await phone.page.context().cookies()).find(({ name }) => name === sessionCookie)
    const cookies = new Map([...seeded.cookies, [newcomer, `${sessionCookie}=${session?.value ?? ''}`]])
    return new Stage(world, phone, { ...seeded, cookies })
  }

  /** Opens a place as a link would, on a device that remembers nothing but its settings. */
  async enter(place: Place, { elder = false, before }: Way = {}): Promise<void> {
    const { page } = this.phone
    // The page that is left sends and keeps nothing any more.
    await visitAddress(this.phone, '/static/icon.svg')
    await page.unrouteAll({ behavior: 'ignoreErrors' })
    await this.#become(place.who)
    await page.evaluate(forgetEverything)
    if (elder) await page.evaluate(keep('elder', 'on'))
    if (place.card !== undefined) await page.evaluate(keep('card', this.#fill(place.card)))
    if (place.holds !== undefined) await page.route(`**${place.holds}*`, () => undefined)
    if (place.patch) await page.route(`**${place.patch.path}*`, saying(place.patch.body))
    if (place.refuses) this.phone.expectRefusal(...place.refuses)
    await before?.(page)
    await visitAddress(this.phone, `/${place.page}${place.query === undefined ? '' : `?${this.#fill(place.query)}`}`)
    await this.#settle(place)
  }

  async close(): Promise<void> {
    await this.phone.close()
    await this.world.close()
  }

  async #settle(place: Place): Promise<void> {
    try {
      await place.act?.(this.phone)
      await reads(this.phone, place.settled)
    } catch (error) {
      throw new Error(`instead of ${place.settled.toString()}:\n${await words(this.phone)}`, { cause: error })
    }
  }

  async #become(who: string | null): Promise<void> {
    const context = this.phone.page.context()
    await context.clearCookies()
    if (who === null) return
    const [name = '', value = ''] = (this.#seeded.cookies.get(who) ?? '').split('=')
    await context.addCookies([{ name, value, url: this.phone.url, httpOnly: true, sameSite: 'Lax' }])
  }

  #fill(template: string): string {
    return template.replace(/\{(\w+)\}/g, (_, name: string) => {
      const number = this.#seeded.numbers[name]
      if (number === undefined || number === '') throw new Error(`nothing is called ${name}`)
      return number
    })
  }
}

const sessionCookie = 'paycare_session'
const forgetEverything = 'localStorage.clear(); sessionStorage.clear()'
/** Keeps a value on the device as the app itself would. */
const keep = (key: string, value: string): string =>
  `localStorage.setItem(${JSON.stringify(key)}, ${JSON.stringify(JSON.stringify({ data: value }))})`

/** The true answer with some of its members replaced. */
const saying =
  (body: Readonly<Record<string, unknown>>) =>
  async (route: Route): Promise<void> => {
    const response = await route.fetch()
    const said: unknown = await response.json()
    await route.fulfill({ response, json: { ...(typeof said === 'object' ? said : {}), ...body } })
  }
