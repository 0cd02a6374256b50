import BedtimeOutlined from '@mui/icons-material/BedtimeOutlined'
import Button from '@mui/material/Button'
import { useEffect, useRef, useState } from 'react'
import { useActions, useChatState } from '../app/chat-context.tsx'
import { SETTINGS } from '../chat/settings.ts'
import { t } from '../i18n/translate.ts'
import { useMinute } from '../ui/use-minute.ts'
import { quietChoices, quietWords } from './quiet-choices.ts'

/** "Do not disturb" in the account's menu: unfolds for how long, or ends it. `onResized`: it takes another height now. */
export function QuietButton({ onResized }: { onResized(): void }) {
  const { setSetting } = useActions()
  const [unfolded, setUnfolded] = useState(false)
  const quietUntil = useChatState((state) => state.notifications.quietUntil)
  const asked = useChatState((state) => state.preferences.quietUntil)
  const now = useMinute(true)
  // Once for each change of it, not for each new function.
  const resized = useRef(onResized)
  useEffect(() => {
    resized.current = onResized
  })
  useEffect(() => resized.current(), [unfolded])
  const isAsked = asked !== undefined && asked > now
  const set = (until: number | null) => {
    setUnfolded(false)
    void setSetting(SETTINGS.quietUntil, until)
  }
  return (
    <>
      <Button fullWidth color="inherit" startIcon={<BedtimeOutlined />} sx={{ justifyContent: 'flex-start', px: 2 }} aria-expanded={unfolded} onClick={() => setUnfolded(!unfolded)}>
        {quietUntil === undefined ? t('notifications.doNotDisturb') : quietWords(quietUntil, now)}
      </Button>
      {unfolded && (
        <div role="group" aria-label={t('notifications.doNotDisturb')}>
          {quietChoices(now).map(({ title }, i) => (
            <Button key={title} fullWidth color="inherit" sx={{ justifyContent: 'flex-start', pl: 6 }} onClick={() => set(quietChoices(Date.now())[i]?.until ?? null)}>
              {title}
            </Button>
          ))}
          {isAsked && (
            <Button fullWidth color="inherit" sx={{ justifyContent: 'flex-start', pl: 6 }} onClick={() => set(null)}>
              {t('notifications.endQuiet')}
            </Button>
          )}
        </div>
      )}
    </>
  )
}
