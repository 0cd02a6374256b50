import Button from '@mui/material/Button'
import Switch from '@mui/material/Switch'
import { useId } from 'react'
import { useActions, useChatState } from '../app/chat-context.tsx'
import type { PushState } from '../chat/views.ts'
import { t } from '../i18n/translate.ts'
import type { PlainKey } from '../i18n/words.ts'

const WORDS: Record<PushState, PlainKey> = {
  unavailable: 'notifications.pushUnavailable',
  off: 'notifications.pushText',
  on: 'notifications.pushText',
  waiting: 'notifications.pushWaiting',
  failed: 'notifications.pushFailed',
}

/** Messages that are told of here while no page is open. */
export function PushSetting() {
  const id = useId()
  const { setPushHere } = useActions()
  const push = useChatState((state) => state.notifications.push)
  return (
    <>
      {push !== 'unavailable' && (
        <label className="setting-switch" htmlFor={id}>
          {t('notifications.push')}
          <Switch id={id} checked={push !== 'off'} onChange={(_, on) => void setPushHere(on)} slotProps={{ input: { 'aria-describedby': `${id}-text` } }} />
        </label>
      )}
      <p id={`${id}-text`} className="text-2" role="status">
        {t(WORDS[push])}
      </p>
      {push === 'failed' && (
        <Button size="small" sx={{ mt: 1 }} onClick={() => void setPushHere(true)}>
          {t('common.tryAgain')}
        </Button>
      )}
    </>
  )
}
