import MoreHorizRounded from '@mui/icons-material/MoreHorizRounded'
import IconButton from '@mui/material/IconButton'
import Menu from '@mui/material/Menu'
import MenuItem from '@mui/material/MenuItem'
import type { AdminUser } from '@chatflow/shared/api/admin'
import { useState } from 'react'
import { useMe, useServer } from '../app/chat-context.tsx'
import { t } from '../i18n/translate.ts'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { ResetLinkDialog } from './ResetLinkDialog.tsx'
import { useChangePerson } from './use-change-person.tsx'

type Asked = 'deactivate' | 'end-sessions' | 'reset-link'

/** What an administrator may do about an account besides its role. */
export function PersonMenu({ user, onChanged }: { user: AdminUser; onChanged(user: AdminUser): void }) {
  const me = useMe()
  const { call } = useServer()
  const change = useChangePerson(user, onChanged)
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  const [asked, setAsked] = useState<Asked>()
  const ask = (what: Asked) => () => {
    setAnchor(null)
    setAsked(what)
  }
  const close = () => setAsked(undefined)
  const name = user.displayName
  if (user.id === me.id) return <span className="text-3">{t('admin.you')}</span>
  return (
    <>
      <IconButton aria-label={t('admin.actionsFor', { name })} aria-haspopup="menu" aria-expanded={anchor !== null} onClick={(event) => setAnchor(event.currentTarget)}>
        <MoreHorizRounded />
      </IconButton>
      <Menu open={anchor !== null} anchorEl={anchor} onClose={() => setAnchor(null)} anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }} transformOrigin={{ vertical: 'top', horizontal: 'right' }}>
        {!user.disabled && <MenuItem onClick={ask('reset-link')}>{t('admin.resetLink')}</MenuItem>}
        {user.sessions > 0 && <MenuItem onClick={ask('end-sessions')}>{t('admin.signOutEverywhere')}</MenuItem>}
        {user.disabled ? (
          <MenuItem
            onClick={() => {
              setAnchor(null)
              void change.send({ disabled: false })
            }}
          >
            {t('admin.reactivate')}
          </MenuItem>
        ) : (
          <MenuItem className="menu-danger" onClick={ask('deactivate')}>
            {t('admin.deactivate')}
          </MenuItem>
        )}
      </Menu>
      {change.problem}
      <ConfirmDialog
        open={asked === 'deactivate'}
        title={t('admin.deactivateQuestion', { name })}
        text={t('admin.deactivateText')}
        confirm={t('admin.deactivate')}
        danger
        onClose={close}
        onConfirm={() => change.send({ disabled: true })}
      />
      <ConfirmDialog
        open={asked === 'end-sessions'}
        title={t('admin.signOutQuestion', { name })}
        text={t('admin.signOutText')}
        confirm={t('admin.signOutEverywhere')}
        danger
        onClose={close}
        onConfirm={async () => {
          const answer = await call('POST', `/api/auth/admin/users/${user.id}/end-sessions`, {})
          if (answer.ok) onChanged({ ...user, sessions: 0 })
          else change.say(answer.says)
        }}
      />
      {asked === 'reset-link' && <ResetLinkDialog user={user} onClose={close} />}
    </>
  )
}
