import { useId, type ReactNode } from 'react'
import { Box, Label, TextInput } from './elements'
import type { InputKind } from './elements/types'
import './Field.scss'

interface FieldProps {
  readonly label: string
  readonly hint?: string
  readonly kind: InputKind
  readonly value: string
  readonly onChange: (value: string) => void
  /** The patient went on to something else: time to say what is wrong. */
  readonly onLeave?: () => void
  readonly error?: string | undefined
}

/** One thing to fill in. Its label, its hint and what is wrong with it stay readable while it is filled in. */
export function Field({ label, hint, kind, value, onChange, onLeave, error }: FieldProps): ReactNode {
  const id = useId()
  const [hintId, errorId] = [`${id}hint`, `${id}error`]
  const described = [hint === undefined ? [] : [hintId], error === undefined ? [] : [errorId]].flat()
  return (
    <Box className="Field">
      <Label className="Field__label" target={id}>
        {label}
      </Label>
      {hint === undefined ? null : (
        <Box id={hintId} className="Field__hint">
          {hint}
        </Box>
      )}
      <TextInput
        id={id}
        className={`Field__input ${error === undefined ? '' : 'Field__input--wrong'}`}
        kind={kind}
        value={value}
        onChange={onChange}
        onLeave={() => onLeave?.()}
        isInvalid={error !== undefined}
        describedBy={described.length === 0 ? undefined : described.join(' ')}
        spoken={[label, hint, error].filter((part) => part !== undefined).join('，')}
      />
      <Box id={errorId} announced className="Field__error">
        {error ?? ''}
      </Box>
    </Box>
  )
}
