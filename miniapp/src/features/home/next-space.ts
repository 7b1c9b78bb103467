import { storage } from '../../platform/storage'

const key = 'home.rows'
const headPx = 66
const rowPx = 63

function keptRows(): number | undefined {
  const rows = Number(storage.read(key))
  return rows >= 1 && rows <= 3 ? rows : undefined
}

/** Whether the height of the next cards can be foretold. */
export const knowsNextSpace = (): boolean => keptRows() !== undefined

/** Height kept for the next cards until they come: as many rows as last time, so that nothing below moves. */
export const nextSpacePx = (): number => headPx + rowPx * (keptRows() ?? 1)

/** Remembers how many rows there were. */
export const keepNextRows = (rows: number): void => storage.write(key, String(Math.max(1, rows)))
