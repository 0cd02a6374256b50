import BedtimeRounded from '@mui/icons-material/BedtimeRounded'
import UnfoldMoreRounded from '@mui/icons-material/UnfoldMoreRounded'
import Popover from '@mui/material/Popover'
import type { PopoverActions } from '@mui/material/Popover'
import { useRef, useState } from 'react'
import { useChatState } from '../app/chat-context.tsx'
import { useShell } from '../app/shell-context.tsx'
import { navigate } from '../app/use-route.ts'
import { connectionLabel } from '../app/connection-label.ts'
import { t } from '../i18n/translate.ts'
import { StatusDialog } from '../people/StatusDialog.tsx'
import { StatusText } from '../people/StatusText.tsx'
import { PersonAvatar } from '../ui/PersonAvatar.tsx'
import { AccountMenu } from './AccountMenu.tsx'
import { SignOutDialog } from './SignOutDialog.tsx'

/** The person's line at the foot of the sidebar; opens what belongs to the person. */
export function AccountButton() {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  const [stating, setStating] = useState(false)
  const popover = useRef<PopoverActions>(null)
  const [undelivered, setUndelivered] = useState(0)
  const { user, connection, status, quiet } = useChatState((state) => ({ user: state.user, connection: state.connection, status: state.status, quiet: state.notifications.quietUntil !== undefined }))
  const { openDialog } = useShell()
  if (user === undefined) return null
  return (
    <>
      <button type="button" className="me" aria-haspopup="dialog" aria-expanded={anchor !== null} onClick={(event) => setAnchor(event.currentTarget)}>
        <PersonAvatar id={user.id} name={user.displayName} avatar={user.avatar} size={32} />
        <span className="me-lines">
          <span className="me-name ellipsis">
            <span className="sr-only">{t('account.yourAccountIs')} </span>
            {user.displayName}
            <StatusText status={status} short />
            {quiet && <BedtimeRounded className="me-quiet" titleAccess={t('notifications.doNotDisturb')} />}
          </span>
          <span className="me-state" aria-hidden="true">
            <span className={`me-dot me-dot-${connection.state}`} />
            {connectionLabel(connection)}
          </span>
        </span>
        <UnfoldMoreRounded fontSize="small" />
      </button>
      <Popover
        action={popover}
        open={anchor !== null}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: 'top', horizontal: 'left' }}
        transformOrigin={{ vertical: 'bottom', horizontal: 'left' }}
        slotProps={{ paper: { 'aria-label': t('account.yourAccount'), role: 'dialog', sx: { width: 264, mt: -1 } } }}
      >
        <AccountMenu
          onResized={() => popover.current?.updatePosition()}
          onStatus={() => {
            setAnchor(null)
            setStating(true)
          }}
          onSettings={() => {
            setAnchor(null)
            navigate({ page: 'settings' })
          }}
          onKeys={() => {
            setAnchor(null)
            openDialog('keys')
          }}
          onAdmin={() => {
            setAnchor(null)
            navigate({ page: 'admin' })
          }}
          onUndelivered={(count) => {
            setAnchor(null)
            setUndelivered(count)
          }}
        />
      </Popover>
      {stating && <StatusDialog onClose={() => setStating(false)} />}
      <SignOutDialog undelivered={undelivered} onClose={() => setUndelivered(0)} />
    </>
  )
}
