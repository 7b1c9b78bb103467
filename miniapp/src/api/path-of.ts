import { paths, type OperationName } from '@paycare/shared/paths'

interface Filling {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
}

/** Path of an operation with its parameters and query filled in. */
export function pathOf(operation: OperationName, { params = {}, query = {} }: Filling): string {
  const [, template] = paths[operation]
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`
}
