import { createHash } from 'node:crypto'

/** SM3 of the parts one behind the other, 32 bytes (GB/T 32905). */
export function sm3(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sm3')
  for (const part of parts) hash.update(part)
  return hash.digest()
}
