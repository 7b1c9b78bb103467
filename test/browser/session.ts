import { expect } from 'vitest'
import { World } from '../world/world.ts'
import { h5Dir, openPhone, type Phone, type PhoneOptions } from './browser.ts'
import { words } from './phone.ts'

export interface Scene {
  readonly world: World
  readonly phone: Phone
}

/** A world of its own and one browser in it; afterwards nothing may have gone wrong unnoticed. */
export async function inBrowser(options: PhoneOptions, play: (scene: Scene) => Promise<void>): Promise<void> {
  const world = await World.start({ h5Dir })
  try {
    const phone = await openPhone(world, options)
    try {
      await play({ world, phone }).catch(async (error: unknown) => {
        const seen = await words(phone).catch(() => 'no page')
        throw new Error(`at ${phone.page.url()}, which reads:\n${seen}\n${phone.complaints().join('\n')}`, {
          cause: error,
        })
      })
      expect(phone.complaints()).toEqual([])
    } finally {
      await phone.close()
    }
  } finally {
    await world.close()
  }
}
