import { failureTexts, labels, loadingTexts } from '@paycare/shared/text'
import type { ReactNode } from 'react'
import { Box } from './elements'
import { StateView } from './StateView'
import { useAfter } from './use-after'
import './Slot.scss'

/** What a slot must know of a question to the server. */
interface SlotQuery<T> {
  readonly data: T | undefined
  readonly failure:
    | {
        readonly kind: 'refused' | 'offline' | 'unknown'
        readonly text: string
        readonly requestId: string | undefined
        readonly silent: boolean
      }
    | undefined
  readonly asking: boolean
  readonly retry: () => void
  /** Present when only signing in helps. */
  readonly signIn: (() => void) | undefined
  /** Present when there is nothing here, now and later. */
  readonly leave: (() => void) | undefined
  /** “今天 20:08” of the data on screen when a newer answer could not be had. */
  readonly staleAt: string | undefined
}

interface SlotProps<T> {
  readonly query: SlotQuery<T>
  /** Height of the content to come, in px at scale 1, so that nothing moves when it arrives. */
  readonly height: number
  readonly children: (data: T) => ReactNode
}

/** The place of data that comes later: shape, then words, then a way out; or the failure with its number. */
export function Slot<T>({ query, height, children }: SlotProps<T>): ReactNode {
  const pending = query.data === undefined && query.failure === undefined
  const passed = useAfter(pending, [300, 3000, 10_000])
  if (query.data !== undefined) {
    return (
      <>
        {query.staleAt === undefined ? null : <Box className="Slot__stale">{loadingTexts.stale(query.staleAt)}</Box>}
        {children(query.data)}
      </>
    )
  }
  if (query.failure) return <SlotFailure query={query} failure={query.failure} />
  return (
    <Box className="Slot" style={{ minHeight: `calc(${height}px * var(--k, 1))` }}>
      {passed >= 1 ? <Box decorative className="Slot__shape" /> : null}
      <Box announced className="Slot__words">
        {passed >= 3 ? loadingTexts.stuck : passed >= 2 ? loadingTexts.slow : ''}
      </Box>
    </Box>
  )
}

interface SlotFailureProps {
  readonly query: SlotQuery<unknown>
  readonly failure: NonNullable<SlotQuery<unknown>['failure']>
}

function SlotFailure({ query, failure }: SlotFailureProps): ReactNode {
  if (query.signIn) {
    const action = { label: labels.signIn, onPress: query.signIn }
    return <StateView face="yourTurn" {...failureTexts.signedOut} action={action} />
  }
  const help = failure.requestId === undefined ? '' : failureTexts.requestId(failure.requestId)
  if (query.leave) {
    const action = { label: labels.home, onPress: query.leave }
    return <StateView face="notPaid" title={failure.text} next={failureTexts.absentNext} action={action} help={help} />
  }
  const action = { label: query.asking ? labels.asking : labels.retry, onPress: query.retry, busy: query.asking }
  const texts = failureTexts[failure.silent ? 'silent' : failure.kind]
  return (
    <StateView
      face={failure.kind === 'refused' && !failure.silent ? 'notPaid' : 'waiting'}
      title={texts.title}
      money={failure.kind === 'offline' ? '' : failure.text}
      next={texts.next}
      action={action}
      help={help}
    />
  )
}
