import { homeTexts, labels } from '@paycare/shared/text'
import type { ReactNode } from 'react'
import { open } from '../../routes'
import { StateView } from '../../ui/StateView'

/** Nobody to show yet: the way to the first patient card. */
export function NoCard(): ReactNode {
  return (
    <StateView
      face="yourTurn"
      title={homeTexts.noCardTitle}
      next={homeTexts.noCardNext}
      when={homeTexts.noCardWhen}
      action={{ label: labels.addCard, onPress: () => open('cardAdd', {}) }}
    />
  )
}
