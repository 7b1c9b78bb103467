import type { CreditLaunch, OpenCreditJump } from '@paycare/shared/contract'

/** `left`: the app is being left. `cancelled`: the patient stayed. `failed`: this device cannot open the bank. */
export type JumpOutcome = 'left' | 'cancelled' | 'failed'

export interface JumpPlatform {
  readonly target: OpenCreditJump['target']
  /**
   * Leaves for the bank. Must be called in the tap itself with nothing awaited before: WeChat opens another mini-program, and a
   * browser another site, only for a finger.
   */
  readonly leave: (launch: CreditLaunch, onOutcome: (outcome: JumpOutcome) => void) => void
}
