import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'

const folder = fileURLToPath(new URL('../../docs/screens', import.meta.url))

/** Pictures for the documents are taken on request only. */
export const taking = process.env['SCREENS'] === '1'
/** Twice the dots when pictures are taken, so that they are sharp. */
export const scale = taking ? 2 : 1

/** Keeps a picture of the screen under this name. */
export async function picture(page: Page, name: string): Promise<void> {
  if (!taking) return
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' })
}
