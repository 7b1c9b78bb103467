import { homeTexts } from '@paycare/shared/text'
import type { ReactNode } from 'react'
import { StateView } from '../../ui/StateView'

/** Nobody to show yet: where to bind the first patient card. */
export function NoCard(): ReactNode {
  return (
    <StateView face="yourTurn" title={homeTexts.noCardTitle} next={homeTexts.noCardNext} when={homeTexts.noCardWhen} />
  )
}
