import { query, statement, text, type Unit } from '../db/unit.ts'
import type { EngineContext } from './context.ts'
import { move } from './journal.ts'
import { wakeAt } from './leases.ts'
import { findPayment, openAttemptOf } from './read.ts'

const findBySerial = statement(
  'select subject_id from attempt where institution = :institution and channel = :channel and serial = :serial',
)
const setHint = statement('update attempt set hint_at = :at where id = :id and open = 1')

/**
 * What a pushed message does (architecture rule 6): it wakes the subject and brings the next question forward, nothing more. A call in doubt
 * is asked about; a lock that stands and is said to be over is asked about as well. The answer to that question counts, the push does not.
 */
export function* hint(x: EngineContext, institution: string, channel: string, serial: string): Unit<void> {
  const [row] = yield* query(findBySerial, { institution, channel, serial })
  if (!row) return
  const id = text(row, 'subject_id')
  const at = x.clock.now()
  const open = yield* openAttemptOf(id)
  if (open) yield* query(setHint, { id: open.id, at })
  else {
    const s = yield* findPayment(id)
    if (s?.state !== 'held' || s.recheck) return
    yield* move(x, s, { recheck: true }, { event: 'hint', by: 'bank', atMs: at })
  }
  yield* wakeAt(id, at)
}
