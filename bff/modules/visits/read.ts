import { and, desc, eq } from 'drizzle-orm'
import type { AppContext } from '../../context.ts'
import { visit } from './schema.ts'

export type VisitRow = typeof visit.$inferSelect

export async function visitByHisNo(x: AppContext, institution: string, hisNo: string): Promise<VisitRow | undefined> {
  const [row] = await x.reader
    .select()
    .from(visit)
    .where(and(eq(visit.institution, institution), eq(visit.hisNo, hisNo)))
  return row
}

export async function visitById(x: AppContext, id: string): Promise<VisitRow | undefined> {
  const [row] = await x.reader.select().from(visit).where(eq(visit.id, id))
  return row
}

/** The visits of a person at an institution, newest first. */
export function visitsOfPerson(x: AppContext, institution: string, personId: string): Promise<VisitRow[]> {
  return x.reader
    .select()
    .from(visit)
    .where(and(eq(visit.institution, institution), eq(visit.personId, personId)))
    .orderBy(desc(visit.startedAt), desc(visit.id))
    .limit(100)
}
