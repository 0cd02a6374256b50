import Button from '@mui/material/Button'
import { useState } from 'react'
import { useServer } from '../../../app/chat-context.tsx'
import { said, type Sentence } from '../../../i18n/sentence.ts'
import { t } from '../../../i18n/translate.ts'
import { FormError } from '../../../ui/FormError.tsx'

type State = { is: 'offered' } | { is: 'done' } | { is: 'refused'; says: Sentence }

/** After a change to how one signs in: sessions that began before may be in other hands. */
export function EndOthersOffer() {
  const { call } = useServer()
  const [state, setState] = useState<State>({ is: 'offered' })

  async function end(): Promise<void> {
    const answer = await call('DELETE', '/api/auth/sessions')
    setState(answer.ok ? { is: 'done' } : { is: 'refused', says: answer.says })
  }

  return (
    <section className="setting-group security-offer" aria-label={t('settings.otherSessions')}>
      <div className="setting-row">
        <p className="text-2" role="status">
          {state.is === 'done' ? t('settings.othersEnded') : t('settings.othersOffer')}
        </p>
        {state.is !== 'done' && (
          <Button variant="outlined" sx={{ flex: 'none' }} onClick={() => void end()}>
            {t('settings.endOtherSessions')}
          </Button>
        )}
      </div>
      {state.is === 'refused' && <FormError>{said(state.says)}</FormError>}
    </section>
  )
}
