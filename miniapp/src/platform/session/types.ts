export interface SessionPlatform {
  /** Where the BFF is: '' when it serves the app itself. */
  readonly apiBase: string
  /** The bearer token; undefined where a cookie carries the session. */
  readonly token: () => string | undefined
  readonly keepToken: (token: string | undefined) => void
  /** The one-time code of a sign-in that the patient does not notice; undefined where there is none. */
  readonly silentCode: (() => Promise<string>) | undefined
  /** Leaves the app for the sign-in page and comes back to the page in front; undefined where signing in is silent. */
  readonly leaveToSignIn: (() => void) | undefined
}
