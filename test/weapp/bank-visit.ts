import type { World } from '../world/world.ts'

interface Entered {
  readonly page: string
  readonly session: string
  readonly returnTo: { readonly appId: string; readonly path: string }
}

/** A person inside the bank's mini program, which shows the bank's pages; opened by what our app handed over. */
export class BankVisit {
  readonly #world: World
  readonly #entered: Entered
  private constructor(world: World, entered: Entered) {
    this.#world = world
    this.#entered = entered
  }

  static async enter(world: World, extraData: Readonly<Record<string, unknown>>): Promise<BankVisit> {
    const asked = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(extraData) }
    const answer = await world.sandbox.bank.pages.request('/mini/credit', asked)
    if (answer.status !== 200) throw new Error(`the bank lets nobody in: ${await answer.text()}`)
    return new BankVisit(world, (await answer.json()) as Entered)
  }

  /** The page that the bank opened first, and where it leads back to. */
  get opened(): Pick<Entered, 'page' | 'returnTo'> {
    return this.#entered
  }

  /** Agrees to the bank's terms and types the code that came by SMS. */
  async apply(): Promise<void> {
    const { bank } = this.#world.sandbox
    await this.#post('/apply/consent', { agree: 'yes', phone: '19900000099' })
    const code = bank.sms().at(-1)?.code
    await this.#post('/apply/code', { code: code ?? '' })
  }

  async #post(path: string, fields: Record<string, string>): Promise<void> {
    const headers = { cookie: `bank_session=${this.#entered.session}` }
    const asked = { method: 'POST', headers, body: new URLSearchParams(fields) }
    const answer = await this.#world.sandbox.bank.pages.request(path, asked)
    if (answer.status >= 400) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
  }
}
