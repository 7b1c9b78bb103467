import { posix } from 'node:path'
import { createContext, runInContext, type Context } from 'node:vm'
import type { ComponentEnv } from 'glass-easel-miniprogram-adapter'
import type { Build } from './build.ts'
import { isCallable, isRecord, type Loose } from './loose.ts'

/** Time as the phone sees it; the world's clock. */
export interface PhoneClock {
  readonly now: () => number
  readonly after: (ms: number, callback: () => void) => () => void
}

export interface RealmParts {
  readonly build: Build
  readonly clock: PhoneClock
  /** Something went wrong that no one caught. */
  readonly complain: (what: string) => void
}

/** Built-ins later than ES2020: a phone of that year does not have them, and the build brings none along. */
const tooNew = {
  globalThis: ['AggregateError', 'FinalizationRegistry', 'WeakRef'],
  Object: ['groupBy', 'hasOwn'],
  Promise: ['any', 'withResolvers'],
  'Array.prototype': ['at', 'findLast', 'findLastIndex', 'toReversed', 'toSorted', 'toSpliced', 'with'],
  'String.prototype': ['at', 'isWellFormed', 'replaceAll'],
}

/** Time from the phone's clock, and without what WeChat does not have on every phone. */
const prelude = `(now) => {
  const Real = Date
  globalThis.Date = class extends Real {
    constructor(...given) {
      if (given.length === 0) super(now())
      else super(...given)
    }
    static now() { return now() }
  }
  delete globalThis.Intl
  ${Object.entries(tooNew)
    .flatMap(([owner, names]) => names.map((name) => `delete ${owner}.${name}`))
    .join('\n  ')}
  globalThis.global = globalThis
}`

/**
 * The half of a mini program that runs the app's scripts: a JavaScript world of its own with `wx`, timers and the registering functions, but
 * without window, document, fetch or anything else of a browser or of Node, and without evaluating text.
 */
export class Realm {
  readonly #build: Build
  readonly #clock: PhoneClock
  readonly #complain: (what: string) => void
  readonly #globals: Loose = {}
  readonly #context: Context
  readonly #modules = new Map<string, { exports: unknown }>()
  readonly #timers = new Map<number, () => void>()
  readonly #copyInside: (text: string) => unknown
  readonly #underWay = new Set<Promise<unknown>>()
  #lastTimer = 0
  #isClosed = false
  /** How much has happened; grows with every task that was put off and has run. */
  turns = 0

  constructor({ build, clock, complain }: RealmParts) {
    this.#build = build
    this.#clock = clock
    this.#complain = complain
    this.#context = createContext(this.#globals, { codeGeneration: { strings: false, wasm: false } })
    this.#evaluate<(now: () => number) => void>(prelude)(() => clock.now())
    this.#copyInside = this.#evaluate('(text) => JSON.parse(text)')
    this.#addTimers()
    this.#globals['console'] = this.#console()
  }

  /** Gives the app's scripts a global. */
  offer(name: string, value: unknown): void {
    this.#globals[name] = value
  }

  /** A copy of plain data whose objects belong to the app's world: libraries there do not take foreign ones for plain. */
  copy(value: unknown): unknown {
    return value === undefined ? undefined : this.#copyInside(JSON.stringify(value))
  }

  /** Parses text into the app's world. Throws as `JSON.parse` does. */
  parse(text: string): unknown {
    return this.#copyInside(text)
  }

  /** Runs app code; what it throws becomes a complaint. */
  run(task: () => void): void {
    if (this.#isClosed) return
    this.turns += 1
    try {
      task()
    } catch (error) {
      this.#complain(`script: ${textOf(error)}`)
    }
  }

  /** Runs app code when `ms` have passed. Answers how to call it off. */
  later(task: () => void, ms = 0): () => void {
    return this.#clock.after(ms, () => this.run(task))
  }

  /** Has the test wait for work outside the app that is going to call it back. */
  await(work: Promise<unknown>): void {
    const ended = work.finally(() => this.#underWay.delete(ended))
    this.#underWay.add(ended)
  }

  get isWaiting(): boolean {
    return this.#underWay.size > 0
  }

  /** Waits until everything outside the app that was under way has ended. */
  async idle(): Promise<void> {
    await Promise.all(this.#underWay)
  }

  /** Runs a script that registers a page or component. */
  register({ Page, Component, Behavior }: ComponentEnv, path: string): void {
    const given = { Page, Behavior, Component: (definition: unknown) => registerNative(Component, definition) }
    for (const [name, value] of Object.entries(given)) this.offer(name, value)
    this.load(`${path}.js`)
  }

  /** Runs a script of the build once. */
  load(file: string): unknown {
    const known = this.#modules.get(file)
    if (known) return known.exports
    const source = this.#build.files.get(file)
    if (source === undefined) throw new Error(`no script ${file}`)
    const module = { exports: {} as unknown }
    this.#modules.set(file, module)
    const require = (id: string): unknown => this.load(resolved(file, id))
    const wrapped = `(function (require, module, exports) {${source}\n})`
    const script = runInContext(wrapped, this.#context, { filename: file }) as (...given: unknown[]) => void
    script(require, module, module.exports)
    return module.exports
  }

  /** Nothing more runs, whatever is still going to call back. */
  close(): void {
    this.#isClosed = true
    for (const cancel of this.#timers.values()) cancel()
    this.#timers.clear()
  }

  #evaluate<T>(source: string): T {
    return runInContext(source, this.#context) as T
  }

  #addTimers(): void {
    const set = (task: unknown, ms: unknown, given: unknown[], again: boolean): number => {
      const id = (this.#lastTimer += 1)
      const delayMs = Math.max(again ? 4 : 0, typeof ms === 'number' ? ms : 0)
      const arm = (): void => {
        const fire = (): void => {
          if (again) arm()
          else this.#timers.delete(id)
          if (isCallable(task)) task(...given)
        }
        this.#timers.set(id, this.later(fire, delayMs))
      }
      arm()
      return id
    }
    const clear = (id: number): void => {
      this.#timers.get(id)?.()
      this.#timers.delete(id)
    }
    this.offer('setTimeout', (task: unknown, ms: unknown, ...given: unknown[]) => set(task, ms, given, false))
    this.offer('setInterval', (task: unknown, ms: unknown, ...given: unknown[]) => set(task, ms, given, true))
    this.offer('clearTimeout', clear)
    this.offer('clearInterval', clear)
  }

  /** Errors and warnings of the app are complaints; the rest is talk. */
  #console(): Loose {
    const complain = (...words: unknown[]): void => this.#complain(`console: ${words.map(textOf).join(' ')}`)
    const ignore = (): void => undefined
    return { error: complain, warn: complain, log: ignore, info: ignore, debug: ignore }
  }
}

/** File that `require(id)` in `file` means. */
const resolved = (file: string, id: string): string => {
  const path = posix.join(posix.dirname(file), id)
  return path.endsWith('.js') ? path : `${path}.js`
}

const natives = new Map([String, Number, Boolean, Object, Array, Function].map((type) => [type.name, type]))

/** The framework knows property types by identity, and the app's world has a `String` and an `Object` of its own. */
function registerNative(Component: ComponentEnv['Component'], definition: unknown): void {
  if (!isRecord(definition)) throw new Error('a component without a definition')
  const { properties = {} } = definition
  const native = (type: unknown): unknown => (isCallable(type) ? (natives.get(type.name) ?? type) : type)
  const properly = Object.entries(isRecord(properties) ? properties : {}).map(([name, property]) => [
    name,
    isRecord(property) ? { ...property, type: native(property['type']) } : native(property),
  ])
  Component({ ...definition, properties: Object.fromEntries(properly) })
}

function textOf(value: unknown): string {
  if (isRecord(value) && typeof value['stack'] === 'string') return value['stack']
  return isRecord(value) ? JSON.stringify(value) : String(value)
}
