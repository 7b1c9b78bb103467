import { setTimeout as sleep } from 'node:timers/promises'
import type { HisLoad } from './his-load.ts'
import type { House } from './house.ts'

const second = 1_000
const minute = 60 * second
const livesMost = 12
const lookMs = 100
const looksMost = 40

/**
 * Lets a house come to rest: HIS ends its visits, and what is in doubt is asked about. Between the lives pass the minutes after which a lease
 * is over, a call may go again, and a call that nobody wants is known not to have been executed.
 */
export async function comeToRest(house: House, load: HisLoad): Promise<void> {
  load.keep(0)
  for (let life = 0; life < livesMost; life++) {
    house.outage(life % 2 === 0 ? 11 * minute : 40 * second)
    await house.start()
    for (let look = 0; look < looksMost; look++) {
      await sleep(lookMs)
      if (isAtRest(house, load)) return house.kill()
    }
    await house.kill()
  }
  throw new Error(`not at rest: ${load.underWay} visits, ${openAttempts(house)} attempts in doubt`)
}

function isAtRest(house: House, load: HisLoad): boolean {
  return load.underWay === 0 && openAttempts(house) === 0 && undecided(house) === 0
}

const count = (house: House, sql: string): number =>
  house.look((connection) => Number(connection.prepare(sql).pluck().get()))

function openAttempts(house: House): number {
  return count(house, 'select count(*) from attempt where open = 1')
}

function undecided(house: House): number {
  return count(house, `select count(*) from payment where state in ('opening', 'held') or recheck = 1`)
}

/** Money calls that the bank received and whose answer never came into our books: their process was killed meanwhile. */
export function cutOff(house: House): number {
  const received = new Set(house.sandbox.bank.journal().map((row) => row.msgId))
  const sql = `select msg_id from exchange where answered_at is null and interface in ('lock', 'confirm', 'cancel')`
  const unanswered = house.look((connection) => connection.prepare(sql).pluck().all().map(String))
  return unanswered.filter((msgId) => received.has(msgId)).length
}

/** Attempts whose outcome came as the answer to a question and not to the call. */
export function resolvedByAsking(house: House): number {
  return count(
    house,
    `select count(distinct attempt_id) from exchange
     where interface like 'ask:%' and outcome in ('succeeded', 'refused')`,
  )
}

export function payments(house: House): number {
  return count(house, 'select count(*) from payment')
}
