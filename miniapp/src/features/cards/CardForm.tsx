import type { BindCard, Institution } from '@paycare/shared/contract'
import { cardAddTexts, failureTexts, labels } from '@paycare/shared/text'
import { useState, type ReactNode } from 'react'
import type { ApiFailure } from '../../api/failure'
import { Card } from '../../ui/Card'
import { Choice } from '../../ui/Choice'
import { Box } from '../../ui/elements'
import { Field } from '../../ui/Field'
import { Press } from '../../ui/Press'
import './CardForm.scss'
import { idNumberError, nameError, nextStep, plainIdNumber } from './form'

interface CardFormProps {
  readonly institutions: readonly Institution[]
  /** The hospital of the card on screen, which the next card most likely belongs to. */
  readonly likely: string | undefined
  readonly busy: boolean
  readonly failure: ApiFailure | null
  readonly onSubmit: (card: BindCard) => void
}

const relations = [
  { value: 'self', label: labels.relation.self },
  { value: 'family', label: labels.relation.family },
] as const

/** Name and identity number of a patient. They live in this form only, and say what is wrong once the patient goes on. */
export function CardForm({ institutions, likely, busy, failure, onSubmit }: CardFormProps): ReactNode {
  const [institution, setInstitution] = useState(likely ?? institutions[0]?.id ?? '')
  const [relation, setRelation] = useState<BindCard['relation']>('self')
  const [name, setName] = useState('')
  const [idNumber, setIdNumber] = useState('')
  const [left, setLeft] = useState({ name: false, idNumber: false, form: false })
  const wrong = { name: nameError(name), idNumber: idNumberError(idNumber) }
  const isWrong = wrong.name !== undefined || wrong.idNumber !== undefined
  const submit = (): void => {
    setLeft({ name: true, idNumber: true, form: true })
    if (!isWrong) onSubmit({ institution, relation, name: name.trim(), idNumber })
  }
  return (
    <Card>
      {institutions.length > 1 ? (
        <Question
          label={cardAddTexts.institution}
          options={institutions.map(({ id, name: label }) => ({ value: id, label }))}
          value={institution}
          onChange={setInstitution}
        />
      ) : null}
      <Question label={cardAddTexts.relation} options={relations} value={relation} onChange={setRelation} />
      <Field
        label={cardAddTexts.name}
        hint={cardAddTexts.nameHint}
        kind="text"
        value={name}
        onChange={setName}
        onLeave={() => setLeft((now) => ({ ...now, name: now.name || name !== '' }))}
        error={left.name ? wrong.name : undefined}
      />
      <Field
        label={cardAddTexts.idNumber}
        hint={cardAddTexts.idNumberHint}
        kind="idNumber"
        value={idNumber}
        onChange={(typed) => setIdNumber(plainIdNumber(typed))}
        onLeave={() => setLeft((now) => ({ ...now, idNumber: now.idNumber || idNumber !== '' }))}
        error={left.idNumber ? wrong.idNumber : undefined}
      />
      <Box className="CardForm__why">{cardAddTexts.why}</Box>
      <Box announced className="CardForm__failure">
        {left.form && isWrong ? cardAddTexts.errors.incomplete : failure ? <Refused failure={failure} /> : ''}
      </Box>
      <Press kind="primary" label={busy ? cardAddTexts.submitting : cardAddTexts.submit} onPress={submit} busy={busy} />
    </Card>
  )
}

interface QuestionProps<V extends string> {
  readonly label: string
  readonly options: readonly { readonly value: V; readonly label: string }[]
  readonly value: V
  readonly onChange: (value: V) => void
}

function Question<V extends string>(props: QuestionProps<V>): ReactNode {
  return (
    <Box className="CardForm__part">
      <Box className="CardForm__label">{props.label}</Box>
      <Choice {...props} />
    </Box>
  )
}

function Refused({ failure: { kind, text, code } }: { readonly failure: ApiFailure }): ReactNode {
  return (
    <>
      <Box>{failureTexts.inline(kind, text)}</Box>
      {kind === 'refused' ? <Box className="CardForm__next">{nextStep(code)}</Box> : null}
    </>
  )
}
