import type { SessionInfo, SessionList } from '@chatflow/shared/api/sessions'
import Button from '@mui/material/Button'
import { useState } from 'react'
import { useServer } from '../../../app/chat-context.tsx'
import { t } from '../../../i18n/translate.ts'
import { useSentence } from '../../../i18n/use-sentence.ts'
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx'
import { FormError } from '../../../ui/FormError.tsx'
import { NotLoaded } from '../NotLoaded.tsx'
import { useAnswer } from '../use-answer.ts'
import { SessionRow } from './SessionRow.tsx'
import { nameOf } from './session-words.ts'

/** Where the account is signed in, and ending it there. */
export function DevicesSection() {
  const { call } = useServer()
  const { value, message, reload } = useAnswer<SessionList>('/api/auth/sessions')
  const [ending, setEnding] = useState<SessionInfo | 'others'>()
  const [refusal, setRefusal] = useSentence()
  if (value === undefined) return <NotLoaded message={message} onRetry={reload} />
  const { sessions } = value

  async function end(): Promise<void> {
    const answer = await call('DELETE', ending === undefined || ending === 'others' ? '/api/auth/sessions' : `/api/auth/sessions/${ending.id}`)
    // One that has ended by itself is what was asked for.
    setRefusal(answer.ok || answer.code === 'not_found' ? undefined : answer.says)
    reload()
  }

  return (
    <section className="setting-group">
      <p className="text-2">{t('settings.devicesText')}</p>
      <FormError>{refusal}</FormError>
      <ul className="setting-list" aria-label={t('settings.devices')}>
        {sessions.map((session) => (
          <SessionRow key={session.id} session={session} onEnd={() => setEnding(session)} />
        ))}
      </ul>
      {sessions.length > 1 && (
        <Button variant="outlined" color="error" sx={{ mt: 2 }} onClick={() => setEnding('others')}>
          {t('settings.endAllOthers')}
        </Button>
      )}
      <ConfirmDialog
        open={ending !== undefined}
        title={ending === 'others' ? t('settings.endOthersQuestion') : t('settings.endSessionQuestion', { device: ending === undefined ? '' : nameOf(ending) })}
        text={ending === 'others' ? t('settings.othersSignInAgain') : t('settings.deviceSignsInAgain')}
        confirm={t('settings.end')}
        danger
        onClose={() => setEnding(undefined)}
        onConfirm={end}
      />
    </section>
  )
}
