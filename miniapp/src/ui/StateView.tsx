import type { Face } from '@paycare/shared/text'
import type { ReactNode } from 'react'
import { Amount } from './Amount'
import { Box, Heading, Section } from './elements'
import { faceIcon } from './faces'
import { Icon } from './Icon'
import { Press } from './Press'
import './StateView.scss'

interface StateButton {
  readonly label: string
  readonly onPress: () => void
  readonly busy?: boolean
}

export interface StateViewProps {
  readonly face: Face
  readonly title: string
  /** The amount that the state is about, large. */
  readonly amountFen?: number
  readonly money?: string
  readonly next?: string
  readonly when?: string
  /** What is said while an answer is missing; changes are read aloud. */
  readonly waiting?: string
  readonly action?: StateButton | undefined
  readonly second?: StateButton | undefined
  readonly help?: string
  readonly children?: ReactNode
}

/** One state: what it is, what it means for the money, what happens next and when, what can be done. */
export function StateView(props: StateViewProps): ReactNode {
  const {
    face,
    title,
    amountFen,
    money = '',
    next = '',
    when = '',
    waiting = '',
    action,
    second,
    help = '',
    children,
  } = props
  return (
    <Section className={`StateView StateView--${face}`}>
      <Box className="StateView__head">
        <Box className="StateView__line">
          <Icon name={faceIcon[face]} size="large" />
          <Heading level={2} className="StateView__title">
            {title}
          </Heading>
        </Box>
        {amountFen === undefined ? null : <Amount fen={amountFen} size="large" />}
        {money === '' ? null : <Box className="StateView__money">{money}</Box>}
      </Box>
      <Box className="StateView__body">
        {next === '' ? null : <Box className="StateView__next">{next}</Box>}
        {when === '' ? null : <Box className="StateView__when">{when}</Box>}
        <Box announced className="StateView__when">
          {waiting}
        </Box>
        {children}
        {action ? (
          <Press kind="primary" label={action.label} onPress={action.onPress} busy={action.busy ?? false} />
        ) : null}
        {second ? (
          <Press kind="plain" label={second.label} onPress={second.onPress} busy={second.busy ?? false} />
        ) : null}
        {help === '' ? null : <Box className="StateView__help">{help}</Box>}
      </Box>
    </Section>
  )
}
