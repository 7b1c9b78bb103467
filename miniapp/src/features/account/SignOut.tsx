import { failureTexts, settingsTexts } from '@paycare/shared/text'
import type { ReactNode } from 'react'
import { session } from '../../platform/session'
import { Card } from '../../ui/Card'
import { Box } from '../../ui/elements'
import { Press } from '../../ui/Press'
import { useSignOut } from './actions'
import './SignOut.scss'

/** Leaves the account, where there is anything to leave: in WeChat the app signs in with WeChat itself. */
export function SignOut(): ReactNode {
  const signOut = useSignOut()
  if (!session.leaveToSignIn) {
    return (
      <Card title={settingsTexts.account}>
        <Box>{settingsTexts.silentSignIn}</Box>
      </Card>
    )
  }
  const failure = signOut.error
  return (
    <Card title={settingsTexts.account}>
      <Box className="SignOut__note">{settingsTexts.signOutNote}</Box>
      <Box announced className="SignOut__failure">
        {failure ? failureTexts.inline(failure.kind, failure.text) : ''}
      </Box>
      <Press
        kind="plain"
        label={signOut.isPending ? settingsTexts.signingOut : settingsTexts.signOut}
        busy={signOut.isPending}
        onPress={() => signOut.mutate()}
      />
    </Card>
  )
}
