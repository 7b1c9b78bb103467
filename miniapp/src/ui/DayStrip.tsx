import type { ReactNode } from 'react'
import { Box, OneOf } from './elements'
import './DayStrip.scss'

export interface StripDay {
  readonly day: string
  /** “今天”, “周二”. */
  readonly name: string
  /** “11/23”. */
  readonly date: string
  /** “余 12”, “约满”. */
  readonly note: string
  /** There is nothing on this day; it can be chosen all the same. */
  readonly empty: boolean
  /** All of it as one sentence. */
  readonly spoken: string
}

interface DayStripProps {
  readonly label: string
  readonly days: readonly StripDay[]
  readonly value: string
  readonly onChange: (day: string) => void
}

/** The coming days side by side, one of them chosen; arrow keys go from day to day. */
export function DayStrip({ label, days, value, onChange }: DayStripProps): ReactNode {
  return (
    <OneOf
      className="DayStrip"
      label={label}
      value={value}
      onChange={onChange}
      options={days.map((one) => ({
        value: one.day,
        label: one.spoken,
        className: classesOf(one, one.day === value),
        children: (
          <>
            <Box className="DayStrip__name">{one.name}</Box>
            <Box className="DayStrip__date">{one.date}</Box>
            <Box className="DayStrip__note">{one.note}</Box>
          </>
        ),
      }))}
    />
  )
}

function classesOf({ empty }: StripDay, chosen: boolean): string {
  const state = chosen ? 'DayStrip__day--chosen' : empty ? 'DayStrip__day--empty' : ''
  return `Press Press--bare DayStrip__day ${state}`
}
