import type { ReactNode } from 'react'
import { Box, Item, Steps } from './elements'
import './Timeline.scss'

export interface TimelineStep {
  readonly key: string
  readonly title: string
  /** When it happened, or until when it will. */
  readonly at: string
  readonly note?: ReactNode
  readonly state: 'done' | 'now' | 'next'
}

/** What happened and what comes: filled, ring and hollow marks; the words carry the same. */
export function Timeline({ steps }: { readonly steps: readonly TimelineStep[] }): ReactNode {
  return (
    <Steps className="Timeline">
      {steps.map((step) => (
        <Item key={step.key} className={`Timeline__step Timeline__step--${step.state}`}>
          <Box decorative className="Timeline__mark" />
          <Box className="Timeline__text">
            <Box className="Timeline__title">{step.title}</Box>
            <Box className="Timeline__at">
              {step.at}
              {step.note === undefined ? null : <Box className="Timeline__note">{step.note}</Box>}
            </Box>
          </Box>
        </Item>
      ))}
    </Steps>
  )
}
