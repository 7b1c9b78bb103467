import type { z } from 'zod'

/** Reads an answer that a counterparty wrote: undefined when it is no JSON or lacks what is needed; what is unknown is left out. */
export function readJson<T>(body: string, schema: z.ZodType<T>): T | undefined {
  try {
    const read = schema.safeParse(JSON.parse(body))
    return read.success ? read.data : undefined
  } catch {
    return undefined
  }
}
