import CloseRounded from '@mui/icons-material/CloseRounded'
import { useEffect } from 'react'
import type { Notice } from '../chat/views.ts'
import { said } from '../i18n/sentence.ts'
import { t } from '../i18n/translate.ts'
import { useActions, useChatState } from './chat-context.tsx'
import './notices.css'

/** Plain news leaves by itself; an error stays until it is put away. */
const INFO_MS = 6_000
/** With something to do about it, there has to be time to decide. */
const ACTION_MS = 12_000

/** What belongs to no message, in the corner. */
export function Notices() {
  const notices = useChatState((state) => state.notices)
  return (
    <div className="notices" aria-live="polite">
      {notices.map((notice) => (
        <Toast key={notice.id} notice={notice} />
      ))}
    </div>
  )
}

function Toast({ notice }: { notice: Notice }) {
  const { dismissNotice } = useActions()
  useEffect(() => {
    if (notice.kind === 'error') return
    const timer = setTimeout(() => dismissNotice(notice.id), notice.action === undefined ? INFO_MS : ACTION_MS)
    return () => clearTimeout(timer)
  }, [notice, dismissNotice])
  return (
    <div className={`toast toast-${notice.kind}`} role={notice.kind === 'error' ? 'alert' : undefined}>
      <span>{said(notice.text)}</span>
      {notice.action !== undefined && (
        <button
          type="button"
          className="toast-action"
          onClick={() => {
            notice.action?.run()
            dismissNotice(notice.id)
          }}
        >
          {t(notice.action.label)}
        </button>
      )}
      <button type="button" aria-label={t('app.dismiss')} onClick={() => dismissNotice(notice.id)}>
        <CloseRounded fontSize="small" />
      </button>
    </div>
  )
}
