import type { Institution } from '@paycare/shared/contract'
import { homeTexts, labels } from '@paycare/shared/text'
import type { ReactNode } from 'react'
import { callPhone } from '../../platform/phone'
import { Card } from '../../ui/Card'
import { Box } from '../../ui/elements'
import { Icon } from '../../ui/Icon'
import { Press } from '../../ui/Press'
import './HospitalCard.scss'

/** The hospital, when it is there, and how to reach it. */
export function HospitalCard({ institution }: { readonly institution: Institution }): ReactNode {
  const { name, hours, phone } = institution
  return (
    <Card title={name}>
      <Box className="HospitalCard__hours">{homeTexts.hours(hours)}</Box>
      <Press kind="plain" onPress={() => callPhone(phone)}>
        <Icon name="phone" size="small" />
        {labels.call(phone)}
      </Press>
    </Card>
  )
}
