import type { CreditStatus } from '@paycare/shared/contract'
import type { CreditRow } from '@paycare/shared/text'

/** The row of a sign-up. A sharer learns only whether family pay works, never why the family's quota does not. */
export function creditRow({ state, quota, role }: CreditStatus): CreditRow {
  if (state !== 'signed') return state
  const usable = quota === null || quota === 'normal'
  if (role === 'family') return usable ? 'sharer' : 'sharerPaused'
  return usable ? 'signed' : quota
}
