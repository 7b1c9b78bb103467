import { settingsTexts } from '@paycare/shared/text'
import type { ReactNode } from 'react'
import { SignOut } from '../../../features/account/SignOut'
import { ThemeChoice } from '../../../features/account/ThemeChoice'
import { useFront } from '../../../features/live/use-front'
import { AppPage } from '../../../features/shell/AppPage'
import { ElderSwitch } from '../../../features/shell/ElderSwitch'

/** What the patient chooses for this device: size, colours, and whether to stay signed in. */
export default function SettingsPage(): ReactNode {
  const front = useFront()
  return (
    <AppPage title={settingsTexts.title} front={front} card={null}>
      <ElderSwitch />
      <ThemeChoice />
      <SignOut />
    </AppPage>
  )
}
