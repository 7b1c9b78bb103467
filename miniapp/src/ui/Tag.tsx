import type { ReactNode } from 'react'
import { Inline } from './elements'
import './Tag.scss'

/** A short mark, such as “信用就医” on a visit. */
export function Tag({ text, strong = true }: { readonly text: string; readonly strong?: boolean }): ReactNode {
  return <Inline className={`Tag ${strong ? 'Tag--strong' : ''}`}>{text}</Inline>
}
