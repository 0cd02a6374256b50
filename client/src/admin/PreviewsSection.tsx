import Switch from '@mui/material/Switch'
import type { ChatSettings } from '@chatflow/shared/api/admin'
import { useEffect, useState } from 'react'
import { useServer } from '../app/chat-context.tsx'
import { said, sentence, type Sentence } from '../i18n/sentence.ts'
import { t } from '../i18n/translate.ts'

/** Whether the server fetches pages that people link. The choice counts at once. */
export function PreviewsSection() {
  const { call } = useServer()
  const [on, setOn] = useState<boolean>()
  const [note, setNote] = useState<{ says: Sentence; wrong: boolean }>()
  useEffect(() => {
    void call<ChatSettings>('GET', '/api/admin/settings').then((answer) => {
      if (answer.ok) setOn(answer.value.linkPreviews)
      else setNote({ says: answer.says, wrong: true })
    })
  }, [call])

  async function choose(wanted: boolean): Promise<void> {
    setOn(wanted)
    setNote(undefined)
    const answer = await call<ChatSettings>('PUT', '/api/admin/settings', { linkPreviews: wanted })
    if (!answer.ok) setOn(!wanted)
    setNote(answer.ok ? { says: sentence('common.saved'), wrong: false } : { says: answer.says, wrong: true })
  }

  return (
    <section className="admin-section admin-narrow">
      <h3 className="setting-title">{t('admin.whatWithLinks')}</h3>
      <div id="previews-text" className="text-2 admin-prose">
        <p>
          {t('admin.previewsFetch')}
        </p>
        <p>
          {t('admin.previewsPublic')}
        </p>
      </div>
      {on !== undefined && (
        <label className="setting-row" htmlFor="previews-switch">
          <span>{t('admin.showPreviews')}</span>
          <Switch
            id="previews-switch"
            checked={on}
            onChange={(_event, wanted) => void choose(wanted)}
            slotProps={{ input: { role: 'switch', 'aria-label': t('admin.showPreviews'), 'aria-describedby': 'previews-text' } }}
          />
        </label>
      )}
      {note !== undefined && (
        <p role={note.wrong ? 'alert' : 'status'} className={note.wrong ? 'form-error' : 'text-3'}>
          {said(note.says)}
        </p>
      )}
    </section>
  )
}
