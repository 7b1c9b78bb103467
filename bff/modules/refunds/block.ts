import { isRegistrationOver } from '@paycare/shared/rules'
import type { Unit } from '../../db/unit.ts'
import type { ErrorCode } from '../../http/refusal.ts'
import { findRegistration } from '../registrations/index.ts'
import type { Target } from './target.ts'

/** Why a patient cannot ask for anything of this here; undefined when something may be asked for. */
export function* blockOf({ target }: Target): Unit<ErrorCode | undefined> {
  const r = target.kind === 'registration' ? yield* findRegistration(target.id) : undefined
  if (!r) return undefined
  if (isRegistrationOver(r.state) || r.goal === 'gone') return 'REGISTRATION_OVER'
  if (r.visitId !== null) return 'REGISTRATION_STARTED'
  if (r.state === 'settled' && r.pays === 'desk') return 'REGISTRATION_PAID_AT_DESK'
  return undefined
}
