/** A new version that is downloaded and starts when the app does. */
export interface UpdatePlatform {
  /** Calls back once a new version is ready. */
  readonly onReady: (listener: () => void) => void
  /** Restarts the app with it. */
  readonly apply: () => void
}
