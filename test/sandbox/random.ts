import { createHash, randomBytes } from 'node:crypto'

/** Randomness as a collaborator, so that a simulation can repeat a run from its seed. */
export interface SandboxRandom {
  bytes(count: number): Buffer
  /** A number in [0, 1). */
  next(): number
}

/** Randomness of the operating system, for `main.ts` and the demo. */
export const systemRandom: SandboxRandom = {
  bytes: (count) => randomBytes(count),
  next: () => randomBytes(4).readUInt32BE(0) / 2 ** 32,
}

/** The same seed gives the same bytes: SHA-256 in counter mode. */
export function seededRandom(seed: string): SandboxRandom {
  let counter = 0
  let pool = Buffer.alloc(0)
  const bytes = (count: number): Buffer => {
    while (pool.length < count) {
      counter += 1
      pool = Buffer.concat([pool, createHash('sha256').update(`${seed}:${counter}`).digest()])
    }
    const taken = Buffer.from(pool.subarray(0, count))
    pool = pool.subarray(count)
    return taken
  }
  return { bytes, next: () => bytes(4).readUInt32BE(0) / 2 ** 32 }
}

/** A version 4 UUID out of an injected source. */
export function uuidFrom(random: SandboxRandom): string {
  const raw = random.bytes(16)
  raw.writeUInt8((raw.readUInt8(6) & 0x0f) | 0x40, 6)
  raw.writeUInt8((raw.readUInt8(8) & 0x3f) | 0x80, 8)
  return raw.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
