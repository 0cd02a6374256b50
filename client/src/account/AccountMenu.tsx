import AddReactionOutlined from '@mui/icons-material/AddReactionOutlined'
import AdminPanelSettingsOutlined from '@mui/icons-material/AdminPanelSettingsOutlined'
import FlagOutlined from '@mui/icons-material/FlagOutlined'
import KeyboardRounded from '@mui/icons-material/KeyboardRounded'
import LogoutRounded from '@mui/icons-material/LogoutRounded'
import SettingsOutlined from '@mui/icons-material/SettingsOutlined'
import Button from '@mui/material/Button'
import { can } from '@chatflow/shared/permissions'
import { useActions, useChatState, useMe } from '../app/chat-context.tsx'
import { navigate } from '../app/use-route.ts'
import { t } from '../i18n/translate.ts'
import { QuietButton } from '../notify/QuietButton.tsx'
import { StatusText } from '../people/StatusText.tsx'
import { PersonAvatar } from '../ui/PersonAvatar.tsx'
import { ThemeSwitches } from './ThemeSwitches.tsx'
import './account-menu.css'

/** Who one is here, the look of the app, and the way out. `onUndelivered`: signing out would lose this many writes; `onResized`: it takes another height now. */
export function AccountMenu({ onUndelivered, onStatus, onSettings, onKeys, onAdmin, onResized }: { onUndelivered(count: number): void; onStatus(): void; onSettings(): void; onKeys(): void; onAdmin(): void; onResized(): void }) {
  const me = useMe()
  const { signOut } = useActions()
  const status = useChatState((state) => state.status)

  async function leave(): Promise<void> {
    const { undelivered } = await signOut()
    if (undelivered > 0) onUndelivered(undelivered)
  }

  return (
    <div className="account-menu">
      <div className="account-menu-who">
        <PersonAvatar id={me.id} name={me.displayName} avatar={me.avatar} size={40} />
        <div className="account-menu-lines">
          <div className="account-menu-name ellipsis">{me.displayName}</div>
          <div className="text-3 ellipsis">
            @{me.username} · {me.email}
          </div>
        </div>
      </div>
      <button type="button" className="account-menu-status" aria-label={status === undefined ? t('account.setStatus') : t('account.yourStatus', { status: [status.emoji, status.text].filter(Boolean).join(' ') })} onClick={onStatus}>
        {status === undefined ? (
          <>
            <AddReactionOutlined fontSize="small" />
            {t('account.setStatus')}
          </>
        ) : (
          <StatusText status={status} />
        )}
      </button>
      <ThemeSwitches />
      <div className="account-menu-line" />
      <QuietButton onResized={onResized} />
      <Button fullWidth color="inherit" startIcon={<SettingsOutlined />} sx={{ justifyContent: 'flex-start', px: 2 }} onClick={onSettings}>
        {t('account.settings')}
      </Button>
      <Button fullWidth color="inherit" startIcon={<KeyboardRounded />} sx={{ justifyContent: 'flex-start', px: 2 }} onClick={onKeys}>
        {t('account.keyboard')}
      </Button>
      {can(me, 'admin.people') && (
        <Button fullWidth color="inherit" startIcon={<AdminPanelSettingsOutlined />} sx={{ justifyContent: 'flex-start', px: 2 }} onClick={onAdmin}>
          {t('account.administration')}
        </Button>
      )}
      {me.role === 'admin' && (
        <Button fullWidth color="inherit" startIcon={<FlagOutlined />} sx={{ justifyContent: 'flex-start', px: 2 }} onClick={() => navigate({ page: 'reports', section: 'open' })}>
          {t('account.reports')}
        </Button>
      )}
      <Button fullWidth color="inherit" startIcon={<LogoutRounded />} sx={{ justifyContent: 'flex-start', px: 2 }} onClick={() => void leave()}>
        {t('account.signOut')}
      </Button>
    </div>
  )
}
