import { appendFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openIntentLog, readIntents, type CallIntent, type IntentLog } from './intent-log.ts'

/** 2026-11-21 23:59:59.999 in Shanghai. */
const lastMs = Date.UTC(2026, 10, 21, 16) - 1

function intent(serial: string, atMs = lastMs): CallIntent {
  const about = { institution: 'jc-first', channel: 'credit', kind: 'hold', step: 'lock', tradeDate: '20261121' }
  return { ...about, serial, atMs, amountFen: 100, firstSentAtMs: atMs, billKind: 'order', hisNo: 'V1D1', rev: 0 }
}

describe('the intent log', () => {
  let folder: string
  let log: IntentLog
  beforeEach(async () => {
    folder = join(mkdtempSync(join(tmpdir(), 'paycare-intents-')), 'made', 'at need')
    log = await openIntentLog(folder)
  })
  afterEach(async () => {
    await log.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const serials = async (newest?: number): Promise<string[]> =>
    (await readIntents(folder, newest)).intents.map((one) => one.serial)

  it('keeps every line of those that come together, whole and in order', async () => {
    const wanted = Array.from({ length: 300 }, (_, at) => intent(`L${at}`))
    await Promise.all(wanted.map((one) => log.note(one)))
    expect(await readIntents(folder)).toEqual({ intents: wanted, unreadable: 0 })
  })

  it('has a file for each day in Shanghai, and reads the newest ones', async () => {
    await log.note(intent('L1'))
    await log.note(intent('L2', lastMs + 1))
    await log.note(intent('L3', lastMs + 24 * 3_600_000 + 1))
    expect(readdirSync(folder).sort()).toEqual(['calls-20261121.jsonl', 'calls-20261122.jsonl', 'calls-20261123.jsonl'])
    expect(await serials()).toEqual(['L1', 'L2', 'L3'])
    expect(await serials(2)).toEqual(['L2', 'L3'])
  })

  it('goes on behind a line that the end of a process cut off', async () => {
    await log.note(intent('L1'))
    await log.close()
    appendFileSync(join(folder, 'calls-20261121.jsonl'), '{"atMs":1795276799999,"institution":"jc-fi')
    log = await openIntentLog(folder)
    await log.note(intent('L2'))
    expect(await serials()).toEqual(['L1', 'L2'])
    expect((await readIntents(folder)).unreadable).toBe(1)
  })

  it('rejects what it cannot write, and writes again when it can', async () => {
    rmSync(folder, { recursive: true })
    await expect(log.note(intent('L1'))).rejects.toThrow()
    log = await openIntentLog(folder)
    await log.note(intent('L2'))
    expect(await serials()).toEqual(['L2'])
  })

  it('leaves other files alone', async () => {
    await log.note(intent('L1'))
    appendFileSync(join(folder, 'notes.txt'), 'not a call')
    expect(await readIntents(folder)).toMatchObject({ intents: [{ serial: 'L1' }], unreadable: 0 })
  })
})
