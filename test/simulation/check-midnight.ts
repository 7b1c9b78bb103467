import type { Sandbox } from '../sandbox/index.ts'
import type { Books } from './check.ts'
import { machineSkewMostMs, midnightMs } from './day.ts'

/** What the clocks may be apart while nothing has been heard since a crash, and the second that an answer names. */
const unheardMs = 1_500
const guardMs = 2 * 60_000

/** At the end of the bank's day: no lock of that day stands, but for one whose confirm is being decided. */
export function beyondTheirTime(sandbox: Sandbox): string[] {
  return sandbox.bank
    .locks()
    .filter((lock) => lock.state === 'LOCKED' && !lock.processing && lock.createdAtMs < midnightMs)
    .map((lock) => `2 ${lock.serial}: locked beyond its day`)
}

/** What the last evening asks for: no confirm from 23:58 of the bank's clock on, and nobody left alone with an expired lock. */
export function midnightViolations(books: Books): string[] {
  return [...lateConfirms(books), ...leftAlone(books)]
}

function lateConfirms({ connection, sandbox }: Books): string[] {
  const { bank } = sandbox
  const ends = new Map(bank.locks().map((lock) => [lock.serial, lock.expiresAtMs ?? Infinity]))
  const confirms = connection
    .prepare(
      `select c.serial as serial, c.last_sent_at as sentMs, l.serial as lock from attempt c
       join attempt l on l.subject_id = c.subject_id and l.step = 'lock' and l.state = 'succeeded'
       where c.step = 'confirm'`,
    )
    .all() as { serial: string; sentMs: number; lock: string }[]
  const slackMs = Math.abs(bank.skewMs()) + unheardMs + machineSkewMostMs
  return confirms
    .filter(({ sentMs, lock }) => sentMs + bank.skewMs() >= (ends.get(lock) ?? Infinity) - guardMs + slackMs)
    .map(({ serial }) => `5.2 ${serial}: a confirm left after 23:58`)
}

/** An order whose lock ended unconfirmed, though nobody took it back, is on a person's list. */
function leftAlone({ connection }: Books): string[] {
  return connection
    .prepare(
      `select id from payment p where state = 'expired' and goal <> 'gone' and sweep_jitter is not null and not exists
         (select 1 from work_item w where w.subject_id = p.id and w.kind = 'expiredUnpaid')`,
    )
    .pluck()
    .all()
    .map((id) => `5.2 ${String(id)}: expired, and nobody was told`)
}
