import { labels } from '@paycare/shared/text'
import type { CSSProperties, ReactNode } from 'react'
import { Box, Header, Heading, Main } from './elements'
import { Icon } from './Icon'
import { Press } from './Press'
import './Page.scss'

interface PageProps {
  readonly title: string
  /** Type scale: 1, 1.3 in 长辈版, at most 1.5. */
  readonly scale: number
  /** Large touch targets. */
  readonly roomy: boolean
  readonly theme: 'follow' | 'light' | 'dark'
  /** A new number sends the focus to the heading. */
  readonly focusOn: number
  /** Absent where the target brings its own way back. */
  readonly onBack?: (() => void) | undefined
  /** Absent on the page of help itself. */
  readonly onHelp?: (() => void) | undefined
  readonly person?: ReactNode
  /** What stays at the lower edge of the screen. */
  readonly bar?: ReactNode
  readonly children: ReactNode
}

/** The frame of every page: ground, type scale, heading, way back, help in the same corner. */
export function Page(props: PageProps): ReactNode {
  const { title, scale, roomy, theme, focusOn, onBack, onHelp, person, bar, children } = props
  const style = { '--k': String(scale), '--touch': roomy ? '60px' : '48px' } as CSSProperties
  return (
    <Box className={`Page Page--${theme}`} style={style}>
      <Box className="Page__column">
        <Header className="Page__bar">
          {onBack ? (
            <Press kind="bare" className="Page__back" label={labels.back} onPress={onBack}>
              <Icon name="back" />
            </Press>
          ) : null}
          <Heading level={1} className="Page__title" focusOn={focusOn}>
            {title}
          </Heading>
          {onHelp ? (
            <Press kind="quiet" className="Page__help" onPress={onHelp}>
              <Icon name="help" size="small" />
              {labels.help}
            </Press>
          ) : null}
        </Header>
        <Main className="Page__main">
          {person}
          {children}
        </Main>
      </Box>
      {bar}
    </Box>
  )
}
