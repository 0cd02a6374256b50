import CloudOffRounded from '@mui/icons-material/CloudOffRounded'
import InfoOutlinedRounded from '@mui/icons-material/InfoOutlineRounded'
import LoginRounded from '@mui/icons-material/LoginRounded'
import SystemUpdateAltRounded from '@mui/icons-material/SystemUpdateAltRounded'
import WarningRounded from '@mui/icons-material/WarningRounded'
import Button from '@mui/material/Button'
import { useState } from 'react'
import type { ReactNode } from 'react'
import type { ConnectionState } from '../chat/contract.ts'
import { t } from '../i18n/translate.ts'
import { useElapsed } from '../ui/use-elapsed.ts'
import { useActions, useChatState } from './chat-context.tsx'
import { connectionLabel } from './connection-label.ts'
import { UnverifiedBar } from '../account/UnverifiedBar.tsx'
import { NotificationsOffer } from '../notify/NotificationsOffer.tsx'
import { SignInAgainDialog } from '../account/SignInAgainDialog.tsx'
import './status-bars.css'

/** A short loss of the network is nobody's business. */
const OFFLINE_BAR_AFTER_MS = 3_000

/** Slim bars above everything: what one should know about the connection, this browser, and this version. None of them disables anything. */
export function StatusBars() {
  const { connection, durable, updateReady, phase } = useChatState(({ connection, durable, updateReady, phase }) => ({ connection, durable, updateReady, phase }))
  const { applyUpdate } = useActions()
  const [signingIn, setSigningIn] = useState(false)
  const longOffline = useElapsed(connection.state === 'offline' ? connection.since : undefined, OFFLINE_BAR_AFTER_MS)
  const offlineBar = connection.state === 'offline' && longOffline
  return (
    <section className="bars" aria-label={t('app.stateOfApp')}>
      <div role="status" className={offlineBar ? 'bar' : 'sr-only'}>
        {offlineBar && <CloudOffRounded fontSize="small" aria-hidden="true" />}
        <span>{offlineBar ? offlineText(durable) : connectionLabel(connection)}</span>
      </div>
      {connection.state === 'needs-sign-in' && phase === 'ready' && (
        <Bar icon={<LoginRounded fontSize="small" />} action={<Button size="small" variant="outlined" onClick={() => setSigningIn(true)}>{t('app.signInAgain')}</Button>}>
          {t('app.sessionEnded')}
        </Bar>
      )}
      {connection.state === 'refused' && (
        <Bar icon={<WarningRounded fontSize="small" />} strong action={refusedAction(connection)}>
          {t('app.refused', { reason: connectionLabel(connection) })}
        </Bar>
      )}
      {!durable && phase === 'ready' && !offlineBar && (
        <Bar icon={<InfoOutlinedRounded fontSize="small" />}>{t('app.nothingKept')}</Bar>
      )}
      {phase === 'ready' && <UnverifiedBar />}
      {phase === 'ready' && <NotificationsOffer />}
      {updateReady && (
        <Bar icon={<SystemUpdateAltRounded fontSize="small" />} action={<Button size="small" variant="outlined" onClick={applyUpdate}>{t('app.updateNow')}</Button>}>
          {t('app.updateReady')}
        </Bar>
      )}
      <SignInAgainDialog open={signingIn && connection.state === 'needs-sign-in'} onClose={() => setSigningIn(false)} />
    </section>
  )
}

/** Without local storage the usual promise would be a lie. */
function offlineText(durable: boolean): string {
  return t(durable ? 'app.offlineBar' : 'app.offlineNothingKept')
}

function refusedAction(connection: Extract<ConnectionState, { state: 'refused' }>): ReactNode {
  if (connection.code !== 'protocol_unsupported' && connection.code !== 'account_disabled') return undefined
  return (
    <Button size="small" variant="outlined" onClick={() => location.reload()}>
      {t(connection.code === 'account_disabled' ? 'common.tryAgain' : 'app.reload')}
    </Button>
  )
}

function Bar({ icon, children, action, strong = false }: { icon: ReactNode; children: ReactNode; action?: ReactNode; strong?: boolean }) {
  return (
    <div className={strong ? 'bar bar-strong' : 'bar'}>
      {icon}
      <span>{children}</span>
      {action}
    </div>
  )
}
