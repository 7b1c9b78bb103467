import { settingsTexts } from '@paycare/shared/text'
import type { ReactNode } from 'react'
import { Card } from '../../ui/Card'
import { Choice } from '../../ui/Choice'
import { usePrefs } from '../shell/prefs'

const themes = [
  { value: 'follow', label: settingsTexts.themes.follow },
  { value: 'light', label: settingsTexts.themes.light },
  { value: 'dark', label: settingsTexts.themes.dark },
] as const

/** Light or dark, or as the phone has it. */
export function ThemeChoice(): ReactNode {
  const { theme, setTheme } = usePrefs()
  return (
    <Card title={settingsTexts.theme}>
      <Choice label={settingsTexts.theme} options={themes} value={theme} onChange={setTheme} />
    </Card>
  )
}
