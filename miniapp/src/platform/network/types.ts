export interface NetworkPlatform {
  /** True only when the device knows that it has no connection. */
  readonly isOffline: () => boolean
  readonly onChange: (listener: (online: boolean) => void) => () => void
}
