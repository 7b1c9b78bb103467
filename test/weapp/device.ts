import type { Jump } from './jump.ts'

/** What a phone is and keeps, apart from the app on it. Tests read and set it. */
export interface Device {
  /** What the app keeps from one start to the next. */
  readonly storage: Map<string, unknown>
  /** Factor of the type size that the person chose in WeChat. */
  readonly textScale: number
  isOnline: boolean
  /** Requests arrive at the BFF, and their answers are lost. */
  losesAnswers: boolean
  /** Whether WeChat's own tab bar is in sight on pages that have it. */
  isTabBarShown: boolean
  clipboard: string
  /** Numbers that the dialler was opened with. */
  readonly dialled: string[]
  /** True while the app handles a tap; some calls are allowed nowhere else. */
  isTapping: boolean
  /** The one-time code of a silent login. */
  readonly loginCode: () => Promise<string>
  /** The other mini program that the person is asked about. */
  jump: Jump | undefined
}
