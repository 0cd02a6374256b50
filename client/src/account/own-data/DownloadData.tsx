import Button from '@mui/material/Button'
import LinearProgress from '@mui/material/LinearProgress'
import { useState } from 'react'
import { useActions } from '../../app/chat-context.tsx'
import { said, sentence, type Sentence } from '../../i18n/sentence.ts'
import { t } from '../../i18n/translate.ts'
import { formatBytes } from '../../ui/format-bytes.ts'
import { FormError } from '../../ui/FormError.tsx'
import { saveFile } from '../../platform/save-file.ts'

type Download = { state: 'none' } | { state: 'under-way'; bytes: number } | { state: 'done'; bytes: number } | { state: 'failed'; says: Sentence }

/** All that is kept about the person, as a file. */
export function DownloadData() {
  const { downloadData } = useActions()
  const [download, setDownload] = useState<Download>({ state: 'none' })
  const busy = download.state === 'under-way'

  async function start(): Promise<void> {
    if (busy) return
    setDownload({ state: 'under-way', bytes: 0 })
    const answer = await downloadData((bytes) => setDownload({ state: 'under-way', bytes }))
    if (answer.ok) saveFile(answer.value, `chatflow-${new Date().toISOString().slice(0, 10)}.zip`)
    setDownload(answer.ok ? { state: 'done', bytes: answer.value.size } : { state: 'failed', says: answer.code === 'rate_limited' ? sentence('settings.downloadsADay') : answer.says })
  }

  return (
    <section className="setting-group">
      <h3 className="setting-title">{t('settings.downloadMyData')}</h3>
      <p className="text-2">{t('settings.downloadText')}</p>
      <div className="setting-actions">
        <Button variant="outlined" aria-busy={busy} onClick={() => void start()}>
          {t('settings.download')}
        </Button>
        <span className="text-2" role="status">
          {download.state === 'under-way' && t('settings.bytesSoFar', { bytes: formatBytes(download.bytes) })}
          {download.state === 'done' && t('settings.savedBytes', { bytes: formatBytes(download.bytes) })}
        </span>
      </div>
      {busy && <LinearProgress aria-label={t('settings.downloading')} sx={{ mt: 2, borderRadius: 1 }} />}
      {download.state === 'failed' && <FormError>{said(download.says)}</FormError>}
    </section>
  )
}
