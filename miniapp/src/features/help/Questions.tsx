import { helpTexts } from '@paycare/shared/text'
import type { ReactNode } from 'react'
import { Card } from '../../ui/Card'
import { Box } from '../../ui/elements'

/** How it works, in questions that patients ask; all answers lie open, so that nobody has to look for them. */
export function Questions(): ReactNode {
  return helpTexts.questions.map(({ question, answer }) => (
    <Card key={question} title={question}>
      <Box>{answer}</Box>
    </Card>
  ))
}
