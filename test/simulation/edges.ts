import type Database from 'better-sqlite3'
import type { Counts } from './counts.ts'

/**
 * Counts every change of an attempt that is committed, inside the database: what happens to it between begin and end is not journalled. The
 * table and its triggers are temporary, so that they are no part of the schema.
 */
export function watchAttempts(connection: Database.Database): void {
  const count = (name: string): string =>
    `insert into attempt_edge (name, times) values (${name}, 1) on conflict (name) do update set times = times + 1`
  connection.exec(`
    create temp table attempt_edge (name text primary key, times integer not null);
    create temp trigger attempt_born after insert on attempt
      begin ${count(`new.step || ' new→' || new.state`)}; end;
    create temp trigger attempt_moved after update on attempt
      when old.state <> new.state or old.sends <> new.sends
      begin ${count(`new.step || ' ' || old.state || '→' || new.state`)}; end;
    create temp trigger attempt_absent after update on attempt
      when old.absent_at is null and new.absent_at is not null
      begin ${count(`new.step || ' sent→absent'`)}; end;
  `)
}

/** How often each edge of the state tables was taken: attempts as watched, payments and registrations as journalled. */
export function countEdges(connection: Database.Database, counts: Counts): void {
  const attempts = connection.prepare('select name, times from attempt_edge').all() as { name: string; times: number }[]
  for (const { name, times } of attempts) counts.add(`edge attempt ${name}`, times)
  const journal = connection
    .prepare(
      `select case channel when 'hospital' then 'registration' else 'payment' end as kind, from_state as "from",
         to_state as "to", event, count(*) as times from journal group by 1, 2, 3, 4`,
    )
    .all() as { kind: string; from: string | null; to: string; event: string; times: number }[]
  for (const { kind, from, to, event, times } of journal)
    counts.add(`edge ${kind} ${from ?? 'new'}→${to} ${event}`, times)
}
