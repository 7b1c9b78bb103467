import type { ReactNode } from 'react'
import { Box } from './elements'
import './PersonBar.scss'

/** The room of a `PersonBar` that is not known yet. */
export function PersonSpace({ compact }: { readonly compact: boolean }): ReactNode {
  return <Box decorative className={`PersonBar ${compact ? 'PersonBar--compact' : ''}`} />
}
