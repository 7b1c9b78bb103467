import type { Card } from '@paycare/shared/contract'
import { cardAddTexts, labels } from '@paycare/shared/text'
import type { ReactNode } from 'react'
import { useRead } from '../../../api/use-read'
import { useBindCard } from '../../../features/cards/actions'
import { CardForm } from '../../../features/cards/CardForm'
import { useChosenCard } from '../../../features/cards/queries'
import { useFront } from '../../../features/live/use-front'
import { AppPage } from '../../../features/shell/AppPage'
import { goHome } from '../../../routes'
import { Slot } from '../../../ui/Slot'
import { StateView } from '../../../ui/StateView'

/** Adds a patient card: at which hospital, for whom, with which identity. */
export default function CardAddPage(): ReactNode {
  const front = useFront()
  const { session, card } = useChosenCard()
  const institutions = useRead('listInstitutions', {}, { enabled: session.data !== undefined, freshForMs: 600_000 })
  const bind = useBindCard(front.refocus)
  return (
    <AppPage title={cardAddTexts.title} front={front} card={null}>
      {bind.data ? (
        <Bound card={bind.data} onAnother={bind.reset} />
      ) : (
        <Slot query={session} height={480}>
          {() => (
            <Slot query={institutions} height={480}>
              {({ institutions: hospitals }) => (
                <CardForm
                  institutions={hospitals}
                  likely={card?.institution.id}
                  busy={bind.isPending}
                  failure={bind.error}
                  onSubmit={bind.mutate}
                />
              )}
            </Slot>
          )}
        </Slot>
      )}
    </AppPage>
  )
}

function Bound({ card, onAnother }: { readonly card: Card; readonly onAnother: () => void }): ReactNode {
  return (
    <StateView
      face="done"
      title={cardAddTexts.done}
      money={labels.cardLine(labels.cardTail(card.patientNoTail), card.institution.name)}
      next={cardAddTexts.doneNext(card.name)}
      action={{ label: labels.home, onPress: goHome }}
      second={{ label: cardAddTexts.addAnother, onPress: onAnother }}
    />
  )
}
