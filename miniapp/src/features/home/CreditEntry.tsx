import { homeTexts } from '@paycare/shared/text'
import type { ReactNode } from 'react'
import { open } from '../../routes'
import { Box } from '../../ui/elements'
import { Icon } from '../../ui/Icon'
import { Press } from '../../ui/Press'
import './CreditEntry.scss'

/** The wide first entry; its status line comes later and never holds the page back. */
export function CreditEntry({ status }: { readonly status: string }): ReactNode {
  return (
    <Press kind="bare" className="CreditEntry" onPress={() => open('creditStatus', {})}>
      <Icon name="credit" size="large" />
      <Box className="CreditEntry__text">
        <Box className="CreditEntry__name">{homeTexts.creditEntry}</Box>
        <Box className="CreditEntry__status">{status}</Box>
      </Box>
      <Icon name="forward" />
    </Press>
  )
}
