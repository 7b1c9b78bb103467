import { machineOf, unknown, type AskAnswer, type LineRule } from '@paycare/shared/rules'
import { exchangeAnswered, exchangeLeaves } from '../db/exchange.ts'
import type { CallIntent } from '../db/intent-log.ts'
import { query, statement, text, type Unit } from '../db/unit.ts'
import type { CallContent } from '../gateways/line.ts'
import { randomHex } from '../ports/ids.ts'
import type { EngineContext } from './context.ts'
import { move } from './journal.ts'
import { takeOrWake } from './leases.ts'
import { keepLost, noteStands, unknownOf, untakenOpenings, type LostCall } from './lost-calls.ts'
import { openAttemptOf, readPaymentById } from './read.ts'
import type { Lease } from './subject.ts'
import { raise } from './work-items.ts'

/** Lines of the log that are compared in one unit. */
const chunk = 200
/** Questions at the same time. */
const abreast = 8
const readUndecided = statement(`select id from payment where state in ('opening', 'held') order by opened_at, id`)
const countUnsure = statement('select id from payment where recheck = 1')

/** What was found out about a database that was put back from a copy. */
export interface Restored {
  /** Calls that the log knew and the database did not. */
  readonly lostCalls: number
  /** Of them, calls that may hold or have taken money: listed until HIS repeats what they belong to. */
  readonly listed: number
  /** Payments that the copy believed undecided, and that were asked about. */
  readonly asked: number
  /** Questions that the counterparty left unanswered; they go on being asked. */
  readonly unanswered: number
}

/** The calls of the log that the database does not know: it is older than its log. */
export async function lostCalls(x: EngineContext, intents: readonly CallIntent[]): Promise<CallIntent[]> {
  const lost: CallIntent[] = []
  for (let at = 0; at < intents.length; at += chunk) {
    lost.push(...(await x.store.read(() => unknownOf(intents.slice(at, at + chunk)))))
  }
  return lost
}

/**
 * Makes a copy fit to be opened: takes over the calls that it has forgotten, asks how they stand, and lets every payment that it believes
 * undecided be asked about before anything is begun for it. It may be run again.
 */
export async function restore(
  x: EngineContext,
  intents: readonly CallIntent[],
  work: (lease: Lease) => Promise<void>,
): Promise<Restored> {
  const lost = await lostCalls(x, intents)
  for (let at = 0; at < lost.length; at += chunk) await x.store.run(() => keepLost(lost.slice(at, at + chunk)))
  const openings = await x.store.read(untakenOpenings)
  const stands = await abreastOf(openings, (one) => askLost(x, one))
  const ids = (await x.store.read(() => query(readUndecided, {}))).map((row) => text(row, 'id'))
  await abreastOf(ids, async (id) => {
    const lease = await x.store.run(() => doubtAgain(x, id))
    if (lease) await work(lease)
  })
  const unsure = await x.store.read(() => query(countUnsure, {}))
  return {
    lostCalls: new Set(lost.map((intent) => intent.serial)).size,
    listed: stands.filter((one) => one.isListed).length,
    asked: ids.length,
    unanswered: unsure.length + stands.filter((one) => one.stands === 'unknown').length,
  }
}

/** What the copy believes was true when it was made: the counterparty is asked first, and what it has done since is taken over. */
function* doubtAgain(x: EngineContext, id: string): Unit<Lease | undefined> {
  const s = yield* readPaymentById(id)
  const open = yield* openAttemptOf(id)
  const nowMs = x.clock.now()
  const isMade = s.state === 'held' || open?.step === machineOf(s.kind).recheckStep
  if (isMade) {
    const entry = { event: 'restored', by: 'operator', atMs: nowMs }
    yield* move(x, s, { recheck: true, notBeforeMs: 0 }, entry)
  }
  return yield* takeOrWake(id, nowMs)
}

async function askLost(x: EngineContext, lost: LostCall): Promise<{ stands: string; isListed: boolean }> {
  const { institution, channel, serial, tradeDate, step, firstSentAtMs } = lost
  const line = x.lineOf(channel)
  const msgId = randomHex(x.random)
  const leaves = { msgId, institution, channel, interface: `lost:${step}`, attemptId: null, at: x.clock.now() }
  await x.store.run(() => exchangeLeaves(leaves))
  const answer = await line
    .ask(step, nothingBut(lost), { serial, tradeDate, firstSentAtMs, msgId })
    .catch(() => unknown('line threw'))
  const stands = standsOf(lost, answer)
  const isListed = !isOver(lost, stands, x.clock.now(), line.rule)
  await x.store.run(function* () {
    yield* exchangeAnswered(msgId, x.clock.now(), answer.is, null)
    yield* noteStands(lost, stands)
    if (isListed) yield* raise(x, { id: serial, institution }, 'lostCall', serial)
  })
  return { stands, isListed }
}

/** A question names the serial and its day; what was asked for is known to the counterparty alone. */
function nothingBut({ institution, amountFen }: LostCall): CallContent {
  return { institution, personId: '', amountFen, terms: {}, earlier: [] }
}

function standsOf({ kind, step }: LostCall, answer: AskAnswer): string {
  switch (answer.is) {
    case 'succeeded':
      return answer.facts.stands ?? machineOf(kind).lands[step]?.succeeded ?? answer.is
    case 'deferred':
      return 'refused'
    case 'notFound':
      return 'absent'
    case 'notExecuted':
      return 'unknown'
    default:
      return answer.is
  }
}

/** Nothing is held or taken by it, and nothing will be. */
function isOver(lost: LostCall, stands: string, nowMs: number, rule: LineRule): boolean {
  if (stands === 'absent') return nowMs - lost.lastSentAtMs >= rule.concludeAfterMs
  return stands === 'refused' || stands === 'released' || stands === 'expired'
}

async function abreastOf<T, R>(list: readonly T[], one: (item: T) => Promise<R>): Promise<R[]> {
  const answers: R[] = []
  for (let at = 0; at < list.length; at += abreast) {
    answers.push(...(await Promise.all(list.slice(at, at + abreast).map(one))))
  }
  return answers
}
