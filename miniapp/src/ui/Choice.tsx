import type { ReactNode } from 'react'
import { Box } from './elements'
import { Press } from './Press'
import './Choice.scss'

interface ChoiceProps<V extends string> {
  readonly label: string
  readonly options: readonly { readonly value: V; readonly label: string }[]
  readonly value: V
  readonly onChange: (value: V) => void
}

/** A few options side by side, one of them chosen. */
export function Choice<V extends string>({ label, options, value, onChange }: ChoiceProps<V>): ReactNode {
  return (
    <Box className="Choice" group label={label}>
      {options.map((option) => (
        <Press
          key={option.value}
          kind="bare"
          className={`Choice__option ${option.value === value ? 'Choice__option--chosen' : ''}`}
          label={option.label}
          pressed={option.value === value}
          onPress={() => onChange(option.value)}
        />
      ))}
    </Box>
  )
}
