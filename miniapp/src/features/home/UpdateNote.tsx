import { updateTexts } from '@paycare/shared/text'
import { useEffect, useState, type ReactNode } from 'react'
import { update } from '../../platform/update'
import { Card } from '../../ui/Card'
import { Box } from '../../ui/elements'
import { Press } from '../../ui/Press'
import './UpdateNote.scss'

/** A new version waits; the patient decides when the app restarts. */
export function UpdateNote(): ReactNode {
  const [ready, setReady] = useState(false)
  useEffect(() => update?.onReady(() => setReady(true)), [])
  if (!ready || !update) return null
  return (
    <Card>
      <Box announced className="UpdateNote__words">
        {updateTexts.ready}
      </Box>
      <Press kind="plain" label={updateTexts.apply} onPress={update.apply} />
    </Card>
  )
}
