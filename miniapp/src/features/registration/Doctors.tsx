import type { Schedule } from '@paycare/shared/contract'
import { doctorTexts } from '@paycare/shared/text'
import { useState, type ReactNode } from 'react'
import { goBack } from '../../routes'
import { DayStrip } from '../../ui/DayStrip'
import { StateView } from '../../ui/StateView'
import { DoctorCard } from './DoctorCard'
import { dateWords, doctorsOn, firstFreeDay, stripDays } from './schedule'

interface DoctorsProps {
  readonly schedule: Schedule
  readonly nowMs: number
}

/** The coming days, and who is there on the chosen one; it begins with the first day that has a free slot. */
export function Doctors({ schedule, nowMs }: DoctorsProps): ReactNode {
  const freeDay = firstFreeDay(schedule)
  const [chosen, setChosen] = useState<string | undefined>(undefined)
  const day = chosen ?? freeDay ?? schedule.days[0]?.day ?? ''
  const doctors = doctorsOn(schedule, day, nowMs)
  const otherDepartment = { label: doctorTexts.otherDepartment, onPress: goBack }
  return (
    <>
      <DayStrip label={doctorTexts.days} days={stripDays(schedule, nowMs)} value={day} onChange={setChosen} />
      {freeDay === undefined ? (
        <StateView
          face="notPaid"
          title={doctorTexts.allFullTitle}
          next={doctorTexts.allFullNext}
          action={otherDepartment}
        />
      ) : null}
      {freeDay !== undefined && doctors.length === 0 ? (
        <StateView
          face="notPaid"
          title={doctorTexts.noDoctorTitle}
          next={doctorTexts.noDoctorNext}
          action={{ label: doctorTexts.nearestDay(dateWords(freeDay, nowMs)), onPress: () => setChosen(freeDay) }}
        />
      ) : null}
      {doctors.map((doctor) => (
        <DoctorCard key={doctor.key} doctor={doctor} />
      ))}
    </>
  )
}
