import { createHash, timingSafeEqual } from 'node:crypto'

/** Compares an `Authorization: Bearer` header with the expected token without telling by time how much of it was right. */
export function bearerMatches(header: string | undefined, token: string): boolean {
  const given = createHash('sha256')
    .update(header ?? '')
    .digest()
  const wanted = createHash('sha256').update(`Bearer ${token}`).digest()
  return timingSafeEqual(given, wanted)
}
