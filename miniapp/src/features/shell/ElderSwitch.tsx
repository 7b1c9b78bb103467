import { homeTexts } from '@paycare/shared/text'
import type { ReactNode } from 'react'
import { Box } from '../../ui/elements'
import { Icon } from '../../ui/Icon'
import { Press } from '../../ui/Press'
import { usePrefs } from './prefs'
import './ElderSwitch.scss'

/** 长辈版 on or off: larger type and larger targets on every page. */
export function ElderSwitch(): ReactNode {
  const { elder, setElder } = usePrefs()
  return (
    <Press kind="row" className="ElderSwitch" on={elder} onPress={() => setElder(!elder)}>
      <Icon name="elder" />
      <Box className="ElderSwitch__text">
        <Box className="ElderSwitch__name">{homeTexts.elderOn}</Box>
        <Box className="ElderSwitch__note">{homeTexts.elderNote}</Box>
      </Box>
      <Box decorative className={`ElderSwitch__track ${elder ? 'ElderSwitch__track--on' : ''}`}>
        <Box className="ElderSwitch__knob" />
      </Box>
    </Press>
  )
}
