import type { WorkItemKind } from '@paycare/shared/rules'
import { query, statement, type Unit } from '../db/unit.ts'
import { newId } from '../ports/ids.ts'
import type { EngineContext } from './context.ts'

const insert = statement(
  `insert into work_item (id, institution, kind, subject_id, evidence_hash, state, raised_at)
   values (:id, :institution, :kind, :subjectId, :evidence, 'open', :at)
   on conflict (kind, subject_id, evidence_hash) do nothing`,
)

/** Why a person must look, whoever noticed it. */
export type WorkItem = WorkItemKind | 'amountDiffers' | 'hospitalSilent' | 'sweepDiffers' | 'lostCall' | 'refundDiffers'

/** Puts something that needs a person on the list; the same evidence is listed once. */
export function* raise(
  x: EngineContext,
  s: { readonly id: string; readonly institution: string },
  kind: WorkItem,
  evidence: string,
): Unit<void> {
  const id = newId(x.random, 'item')
  yield* query(insert, { id, institution: s.institution, kind, subjectId: s.id, evidence, at: x.clock.now() })
}
