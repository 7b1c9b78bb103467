/** An object of which nothing is known: it comes from the app's scripts. */
export type Loose = Record<string, unknown>

export const isRecord = (value: unknown): value is Loose => typeof value === 'object' && value !== null

export const isCallable = (value: unknown): value is (...given: unknown[]) => unknown => typeof value === 'function'

/** Calls a method that may not be there, as WeChat does with life cycles and callbacks. */
export function callIfThere(owner: Loose, name: string, ...given: unknown[]): void {
  const method = owner[name]
  if (isCallable(method)) method.apply(owner, given)
}

/** A text among the options of a call; '' when it is left out. */
export const textIn = (options: Loose, name: string): string => {
  const value = options[name]
  return typeof value === 'string' ? value : ''
}
