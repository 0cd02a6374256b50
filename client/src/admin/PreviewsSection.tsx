import Switch from '@mui/material/Switch'
import type { ChatSettings } from '@chatflow/shared/api/admin'
import { useEffect, useState } from 'react'
import { useServer } from '../app/chat-context.tsx'

/** Whether the server fetches pages that people link. The choice counts at once. */
export function PreviewsSection() {
  const { call } = useServer()
  const [on, setOn] = useState<boolean>()
  const [note, setNote] = useState<{ text: string; wrong: boolean }>()
  useEffect(() => {
    void call<ChatSettings>('GET', '/api/admin/settings').then((answer) => {
      if (answer.ok) setOn(answer.value.linkPreviews)
      else setNote({ text: answer.message, wrong: true })
    })
  }, [call])

  async function choose(wanted: boolean): Promise<void> {
    setOn(wanted)
    setNote(undefined)
    const answer = await call<ChatSettings>('PUT', '/api/admin/settings', { linkPreviews: wanted })
    if (!answer.ok) setOn(!wanted)
    setNote(answer.ok ? { text: 'Saved.', wrong: false } : { text: answer.message, wrong: true })
  }

  return (
    <section className="admin-section admin-narrow">
      <h3 className="setting-title">What the server does with links</h3>
      <div id="previews-text" className="text-2 admin-prose">
        <p>
          This server fetches each page that somebody links, and shows its title, a description and a small picture below the message. The browsers of those who read do not ask the
          page, so it learns this server’s address and not theirs.
        </p>
        <p>
          Only public pages are fetched: nothing of this server’s own network, and nothing that needs a password. What was fetched is kept for seven days, and goes with the message.
          While this is off, nothing is fetched and no previews are shown.
        </p>
      </div>
      {on !== undefined && (
        <label className="setting-row" htmlFor="previews-switch">
          <span>Show previews of links</span>
          <Switch
            id="previews-switch"
            checked={on}
            onChange={(_event, wanted) => void choose(wanted)}
            slotProps={{ input: { role: 'switch', 'aria-label': 'Show previews of links', 'aria-describedby': 'previews-text' } }}
          />
        </label>
      )}
      {note !== undefined && (
        <p role={note.wrong ? 'alert' : 'status'} className={note.wrong ? 'form-error' : 'text-3'}>
          {note.text}
        </p>
      )}
    </section>
  )
}
