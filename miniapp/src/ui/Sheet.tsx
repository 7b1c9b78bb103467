import { labels } from '@paycare/shared/text'
import type { ReactNode } from 'react'
import { Box, Dialog, Heading } from './elements'
import { Icon } from './Icon'
import { Press } from './Press'
import './Sheet.scss'

interface SheetProps {
  readonly title: string
  readonly open: boolean
  /** The close button or Escape: nothing has been decided. */
  readonly onClose: () => void
  /** The buttons, always in sight. */
  readonly footer: ReactNode
  readonly children: ReactNode
}

/** A question over the page that is answered with one press; it never opens by itself. */
export function Sheet({ title, open, onClose, footer, children }: SheetProps): ReactNode {
  if (!open) return null
  return (
    <Dialog className="Sheet" label={title} onClose={onClose}>
      <Box className="Sheet__head">
        <Heading level={2} className="Sheet__title">
          {title}
        </Heading>
        <Press kind="bare" className="Sheet__close" label={labels.close} onPress={onClose}>
          <Icon name="close" />
        </Press>
      </Box>
      <Box className="Sheet__body">{children}</Box>
      <Box className="Sheet__footer">{footer}</Box>
    </Dialog>
  )
}
