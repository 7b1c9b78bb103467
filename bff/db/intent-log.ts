import { mkdir, open, readdir, readFile, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { dayOf } from '@paycare/shared/rules'
import { z } from 'zod'

const CallIntent = z.object({
  atMs: z.int(),
  institution: z.string(),
  channel: z.string(),
  /** Of the subject: which state table it follows. */
  kind: z.string(),
  step: z.string(),
  serial: z.string(),
  tradeDate: z.string(),
  amountFen: z.int(),
  firstSentAtMs: z.int(),
  /** The bill by the numbers that HIS, or the registration, repeats it with. */
  billKind: z.string(),
  hisNo: z.string(),
  rev: z.int(),
})

/** A call as it is about to leave: enough to ask about it and to go on with it when the database has forgotten it. No identity. */
export type CallIntent = z.infer<typeof CallIntent>

/** What leaves is written down outside the database, so that a database put back from a copy can be told what it has forgotten. */
export interface IntentLog {
  /** Resolves when the line is on disk; rejects when nobody knows, and then the call must not leave. */
  note(intent: CallIntent): Promise<void>
  close(): Promise<void>
}

interface Waiting {
  readonly intent: CallIntent
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

const nameOf = (day: string): string => `calls-${day}.jsonl`
const namePattern = /^calls-\d{8}\.jsonl$/

/** Opens the log in a folder, one file a day; lines that come together share one fsync. */
export async function openIntentLog(folder: string): Promise<IntentLog> {
  await mkdir(folder, { recursive: true })
  const file = new DayFile(folder)
  let waiting: Waiting[] = []
  let writing: Promise<void> | undefined

  async function flush(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      try {
        await file.append(batch.map(({ intent }) => intent))
        for (const { resolve } of batch) resolve()
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    writing = undefined
  }

  return {
    note: (intent) =>
      new Promise((resolve, reject) => {
        waiting.push({ intent, resolve, reject })
        writing ??= flush()
      }),
    close: async () => {
      await writing
      await file.close()
    },
  }
}

/** The file of the day that is written to. */
class DayFile {
  readonly #folder: string
  #day = ''
  #handle: FileHandle | undefined
  constructor(folder: string) {
    this.#folder = folder
  }

  async append(intents: readonly CallIntent[]): Promise<void> {
    const day = dayOf(intents[0]?.atMs ?? 0)
    try {
      const handle = this.#handle && day === this.#day ? this.#handle : await this.#openDay(day)
      await handle.appendFile(intents.map((intent) => `${JSON.stringify(intent)}\n`).join(''))
      await handle.datasync()
    } catch (error) {
      // After a failed fsync the system may have thrown the pages away: the next line goes through a new handle.
      await this.close().catch(() => undefined)
      throw error
    }
  }

  async close(): Promise<void> {
    const handle = this.#handle
    this.#handle = undefined
    await handle?.close()
  }

  async #openDay(day: string): Promise<FileHandle> {
    await this.close()
    const handle = await open(join(this.#folder, nameOf(day)), 'a', 0o600)
    this.#handle = handle
    this.#day = day
    // What an earlier life began to write may end in the middle of a line.
    if ((await handle.stat()).size > 0) await handle.appendFile('\n')
    const directory = await open(this.#folder)
    await directory.sync()
    await directory.close()
    return handle
  }
}

/**
 * The calls in the log, oldest file first, of its `newest` files or of all of them. A line that cannot be read was cut off by the end of a
 * process, before its call left; it is counted.
 */
export async function readIntents(
  folder: string,
  newest = Number.MAX_SAFE_INTEGER,
): Promise<{ intents: CallIntent[]; unreadable: number }> {
  const names = (await readdir(folder)).filter((name) => namePattern.test(name)).sort()
  const intents: CallIntent[] = []
  let unreadable = 0
  for (const name of names.slice(-newest)) {
    for (const line of (await readFile(join(folder, name), 'utf8')).split('\n')) {
      const intent = line === '' ? undefined : intentOf(line)
      if (intent) intents.push(intent)
      else if (line !== '') unreadable++
    }
  }
  return { intents, unreadable }
}

function intentOf(line: string): CallIntent | undefined {
  try {
    return CallIntent.parse(JSON.parse(line))
  } catch {
    return undefined
  }
}
