import { useState } from 'react'
import { AccountPage } from '../account/AccountPage.tsx'
import { ConfirmItIsYouDialog } from '../account/ConfirmItIsYouDialog.tsx'
import { ResetPage } from '../account/ResetPage.tsx'
import { SecondFactorPage, type SettingUp } from '../account/SecondFactorPage.tsx'
import { VerifyPage } from '../account/VerifyPage.tsx'
import type { Chat } from '../chat/contract.ts'
import { useLanguage } from '../i18n/use-language.ts'
import { AppTheme } from '../ui/AppTheme.tsx'
import { ChatProvider, useChatState } from './chat-context.tsx'
import { Notices } from './Notices.tsx'
import { Shell } from './Shell.tsx'
import { Starting } from './Starting.tsx'
import { useRoute } from './use-route.ts'

/** The whole screen over a chat. */
export function App({ chat }: { chat: Chat }) {
  // With another language everything is made anew: texts are taken from the catalogs while a component is made.
  useLanguage()
  return (
    <ChatProvider chat={chat}>
      <AppTheme>
        <Screen />
        <ConfirmItIsYouDialog />
        <Notices />
      </AppTheme>
    </ChatProvider>
  )
}

function Screen() {
  const phase = useChatState((state) => (state.phase === 'ready' && state.user === undefined ? 'starting' : state.phase))
  const missing = useChatState((state) => state.user?.secondFactorMissing === true)
  const [settingUp, setSettingUp] = useState<SettingUp>()
  const route = useRoute()
  // What a link of a mail opens, whoever is signed in here.
  if (route.page === 'verify') return <VerifyPage token={route.section} />
  if (route.page === 'reset') return <ResetPage token={route.section} />
  if (phase === 'starting') return <Starting />
  if (phase === 'signed-out') return <AccountPage />
  return missing || settingUp !== undefined ? <SecondFactorPage doing={settingUp} onDo={setSettingUp} /> : <Shell />
}
