/** Makes sure that SQLite works on this machine; throws with the compiler's words when it cannot. */
export function ensureNative(): Promise<void>
