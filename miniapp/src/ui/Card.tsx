import type { ReactNode } from 'react'
import { Heading, Section } from './elements'
import './Card.scss'

interface CardProps {
  readonly title?: string
  readonly children: ReactNode
}

/** One subject of a page on its own ground. */
export function Card({ title, children }: CardProps): ReactNode {
  return (
    <Section className="Card">
      {title === undefined ? null : (
        <Heading level={2} className="Card__title">
          {title}
        </Heading>
      )}
      {children}
    </Section>
  )
}
