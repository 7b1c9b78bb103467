import type { Face } from '@paycare/shared/text'
import type { ReactNode } from 'react'
import { Box, Inline } from './elements'
import { Icon } from './Icon'
import { faceIcon } from './faces'
import './Status.scss'

interface StatusProps {
  readonly face: Face
  readonly text: string
}

/** A state in a list: icon and words; the colour only repeats them. */
export function Status({ face, text }: StatusProps): ReactNode {
  return (
    <Box className={`Status Status--${face}`}>
      <Icon name={faceIcon[face]} size="small" />
      <Inline>{text}</Inline>
    </Box>
  )
}
