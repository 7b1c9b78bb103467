/**
 * What happens before a counterparty ends a hold by itself (24:00 of T, C 二（一）3, `bank.md §5.2`). All are distances back from that instant, in
 * milliseconds.
 */
export interface DayCut {
  /** From here on nothing that takes money begins, and nothing that was never executed is repeated (23:58). */
  readonly guardMs: number
  /** From here on what is still held is listed for a person (23:45). */
  readonly raiseMs: number
  /** The evening sweep begins (22:00), */
  readonly sweepMs: number
  /** spread over this long, so that HIS and the counterparty are not asked for everything at once. */
  readonly spreadMs: number
  /** The last pass begins (23:15), spread over a third of it: what HIS states now counts although the visit is open. */
  readonly lastPassMs: number
  /** A hold younger than this is not swept: HIS may still be writing. */
  readonly youngMs: number
}

/** What is known of a hold that somebody else ends by itself. */
export interface EndingHold {
  /** When that happens, on our clock; null when it does not, or nobody knows yet. */
  readonly deadlineMs: number | null
  /** Its place in the spread of the sweep; null when a subject of its own drives it and sees to its end. */
  readonly sweepJitterMs: number | null
  readonly openedAtMs: number
}

/** The instants of one hold's last evening, on our clock. */
export interface Cut {
  readonly deadlineMs: number
  readonly guardMs: number
  readonly raiseMs: number
  /** Null: not swept. */
  readonly sweepMs: number | null
  readonly lastPassMs: number
}

export function cutOf(s: EndingHold, rule: DayCut | undefined): Cut | undefined {
  const { deadlineMs, sweepJitterMs } = s
  if (rule === undefined || deadlineMs === null) return undefined
  const begin = deadlineMs - rule.sweepMs
  return {
    deadlineMs,
    guardMs: deadlineMs - rule.guardMs,
    raiseMs: deadlineMs - rule.raiseMs,
    sweepMs: sweepJitterMs === null ? null : Math.max(begin + sweepJitterMs, s.openedAtMs + rule.youngMs),
    lastPassMs: deadlineMs - rule.lastPassMs + Math.floor((sweepJitterMs ?? 0) / 3),
  }
}

/** A place in the spread that depends on the id alone (FNV-1a): the same after every restart, evenly spread over many ids. */
export function jitterOf(id: string, spreadMs: number): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193)
  return Math.floor(((hash >>> 0) / 4_294_967_296) * spreadMs)
}
