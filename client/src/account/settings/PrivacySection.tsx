import Switch from '@mui/material/Switch'
import { useId } from 'react'
import { useActions, useChatState } from '../../app/chat-context.tsx'
import { SETTINGS } from '../../chat/settings.ts'
import './privacy.css'

/** What others learn of the person without being told. */
export function PrivacySection() {
  const id = useId()
  const { setSetting } = useActions()
  const { showPresence, showReceipts } = useChatState((state) => state.preferences)
  return (
    <>
      <section className="setting-group">
        <h3 className="setting-title">Presence</h3>
        <label className="setting-switch" htmlFor={`${id}-presence`}>
          Show when I am online and last seen
          <Switch id={`${id}-presence`} checked={showPresence} onChange={(_, on) => void setSetting(SETTINGS.showPresence, on)} />
        </label>
        <p className="text-2">
          Off: nobody is told when you are here, when you were last here, or that you are typing, and you do not see this of others either. Applies to all your devices.
        </p>
      </section>
      <section className="setting-group">
        <h3 className="setting-title">Receipts</h3>
        <label className="setting-switch" htmlFor={`${id}-receipts`}>
          Show what I have read
          <Switch id={`${id}-receipts`} checked={showReceipts} onChange={(_, on) => void setSetting(SETTINGS.showReceipts, on)} />
        </label>
        <p className="text-2">In direct conversations and rooms of up to 50 people. Off: nobody sees how far you have read, also of what you have read already. You still see it of others.</p>
      </section>
    </>
  )
}
