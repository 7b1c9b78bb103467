import type { BrowserContext, Page, Request } from 'playwright-core'
import { formsOf } from '../world/secret-forms.ts'
import type { Scene } from './session.ts'

/** Tells of every entry of the browser's history, with the state that goes with it. */
const historyReporter = `for (const name of ['pushState', 'replaceState']) {
  const own = history[name]
  history[name] = function (...entry) {
    noteHistory(JSON.stringify(entry))
    return own.apply(this, entry)
  }
}`

/** What scripts of the page can still read: storages, cookies, databases, caches and the state of the history entry. */
const readable = `(async () => {
  const databases = {}
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((done, failed) => {
      const opening = indexedDB.open(name)
      opening.onsuccess = () => done(opening.result)
      opening.onerror = failed
    })
    for (const store of database.objectStoreNames) {
      databases[name + '/' + store] = await new Promise((done, failed) => {
        const reading = database.transaction(store).objectStore(store).getAll()
        reading.onsuccess = () => done(reading.result)
        reading.onerror = failed
      })
    }
    database.close()
  }
  const cached = []
  for (const name of await caches.keys()) {
    for (const request of await (await caches.open(name)).keys()) cached.push(request.url)
  }
  return {
    localStorage: JSON.stringify({ ...localStorage }),
    sessionStorage: JSON.stringify({ ...sessionStorage }),
    cookies: document.cookie,
    databases: JSON.stringify(databases),
    caches: JSON.stringify(cached),
    historyState: JSON.stringify(history.state),
  }
})()`

/** The one message in which an identity travels: the card that is being added. */
const mayCarryIdentity = (request: Request): boolean =>
  request.method() === 'POST' && new URL(request.url()).pathname === '/api/cards'

/** Everything that a walk through the app leaves behind: on the device, on the wire, in the log and in the database. */
export class Residue {
  readonly #scene: Scene
  readonly #told = {
    addresses: [] as string[],
    requests: [] as string[],
    answers: [] as string[],
    console: [] as string[],
  }
  private constructor(scene: Scene) {
    this.#scene = scene
  }

  /** Begins before the first page. */
  static async follow(scene: Scene): Promise<Residue> {
    const residue = new Residue(scene)
    const { page } = scene.phone
    await residue.#listen(page.context(), page)
    return residue
  }

  async #listen(context: BrowserContext, page: Page): Promise<void> {
    const { addresses, requests, answers, console } = this.#told
    const { url } = this.#scene.phone
    await context.exposeFunction('noteHistory', (entry: string) => void addresses.push(entry))
    await context.addInitScript({ content: historyReporter })
    page.on('framenavigated', (frame) => void addresses.push(frame.url()))
    page.on('console', (message) => void console.push(message.text()))
    context.on('request', (request) => {
      requests.push(request.url(), JSON.stringify(request.headers()))
      if (!mayCarryIdentity(request)) requests.push(request.postData() ?? '')
    })
    context.on('response', (response) => {
      if (response.url().startsWith(`${url}/`)) answers.push(JSON.stringify(response.headers()))
    })
    // A body is read before the page may leave, and with it what the browser keeps of it. Sign-in answers are addresses only.
    await page.route(/\/api\/(?!session\/)/, async (route) => {
      const response = await route.fetch()
      answers.push(await response.text())
      await route.fulfill({ response })
    })
  }

  /** Where one of these stands, in whichever form, and in which. */
  async leaks(...secrets: string[]): Promise<string[]> {
    // JSON within JSON doubles the backslashes of an escaped name.
    const places = Object.entries(await this.#places()).map(
      ([name, content]) => [name, typeof content === 'string' ? content.replaceAll('\\\\', '\\') : content] as const,
    )
    const found = secrets.flatMap((secret) =>
      formsOf(secret).flatMap((form) =>
        places.flatMap(([name, content]) => (content.includes(form) ? [`${name}: ${form}`] : [])),
      ),
    )
    return [...new Set(found)]
  }

  async #places(): Promise<Record<string, string | Buffer>> {
    const { world, phone } = this.#scene
    const onDevice = (await phone.page.evaluate(readable)) as Record<string, string>
    const told = Object.fromEntries(Object.entries(this.#told).map(([name, lines]) => [name, lines.join('\n')]))
    const allCookies = JSON.stringify(await phone.page.context().cookies())
    return { ...onDevice, ...told, allCookies, log: world.logLines.join('\n'), database: world.databaseBytes() }
  }
}
