import type { GuideSheet } from '@paycare/shared/contract'
import { registrationTexts } from '@paycare/shared/text'
import { useState, type ReactNode } from 'react'
import { copyText } from '../../platform/clipboard'
import { Box, Heading, Item, List, Section } from '../../ui/elements'
import { Press } from '../../ui/Press'
import { Rows } from '../../ui/Rows'
import { Tag } from '../../ui/Tag'
import './GuideCard.scss'
import { guideRows } from './view'

interface GuideCardProps {
  readonly guide: GuideSheet
  /** “信用就医” or “亲情付”. */
  readonly mark: string | undefined
  readonly nowMs: number
}

/** 导诊单: the number in the queue, where to go and when. */
export function GuideCard({ guide, mark, nowMs }: GuideCardProps): ReactNode {
  const [copied, setCopied] = useState(false)
  const copy = (): void => void copyText(guide.bookingNo).then(setCopied)
  return (
    <Section className="GuideCard">
      <Box className="GuideCard__head">
        <Heading level={2} className="GuideCard__title">
          {registrationTexts.guideHeading}
        </Heading>
        {mark === undefined ? null : <Tag text={mark} />}
      </Box>
      <Box className="GuideCard__queue">
        <Box className="GuideCard__label">{registrationTexts.queue}</Box>
        <Box className="GuideCard__number">{guide.queueNo}</Box>
      </Box>
      <Rows items={guideRows(guide, nowMs)} />
      <Press
        kind="plain"
        className="GuideCard__copy"
        label={copied ? registrationTexts.copied : registrationTexts.copy}
        onPress={copy}
      />
      {guide.notes.length === 0 ? null : (
        <Box className="GuideCard__notes">
          <Heading level={3} className="GuideCard__label">
            {registrationTexts.notes}
          </Heading>
          <List className="GuideCard__list">
            {guide.notes.map((note) => (
              <Item key={note}>{note}</Item>
            ))}
          </List>
        </Box>
      )}
    </Section>
  )
}
