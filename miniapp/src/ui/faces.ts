import type { Face } from '@paycare/shared/text'
import type { IconName } from './Icon'

/** The icon of each face; money that is on its way and an answer that is missing share the clock. */
export const faceIcon: Record<Face, IconName> = {
  done: 'done',
  waiting: 'waiting',
  posting: 'waiting',
  notPaid: 'notPaid',
  yourTurn: 'yourTurn',
}
