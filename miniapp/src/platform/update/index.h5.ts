import type { UpdatePlatform } from './types'

/** A browser loads the newest version by itself. */
export const update: UpdatePlatform | undefined = undefined
