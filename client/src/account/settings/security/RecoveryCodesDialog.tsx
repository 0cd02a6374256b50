import ContentCopyRounded from '@mui/icons-material/ContentCopyRounded'
import DownloadRounded from '@mui/icons-material/DownloadRounded'
import Button from '@mui/material/Button'
import Dialog from '@mui/material/Dialog'
import DialogActions from '@mui/material/DialogActions'
import DialogContent from '@mui/material/DialogContent'
import DialogTitle from '@mui/material/DialogTitle'
import { useId } from 'react'
import { useMe } from '../../../app/chat-context.tsx'
import { sentence } from '../../../i18n/sentence.ts'
import { t } from '../../../i18n/translate.ts'
import { useSentence } from '../../../i18n/use-sentence.ts'

/** New recovery codes, the one time they can be seen: it closes by saying that they are saved, not by a click beside it. */
export function RecoveryCodesDialog({ codes, onClose }: { codes: readonly string[] | undefined; onClose(): void }) {
  const titleId = useId()
  return (
    <Dialog open={codes !== undefined} maxWidth="xs" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>{t('settings.saveCodes')}</DialogTitle>
      {codes !== undefined && <Codes codes={codes} onClose={onClose} />}
    </Dialog>
  )
}

function Codes({ codes, onClose }: { codes: readonly string[]; onClose(): void }) {
  const { username } = useMe()
  const [done, setDone] = useSentence()
  const text = `${t('settings.codesFile', { username, host: location.host })}\n\n${codes.join('\n')}\n`

  function copy(): void {
    navigator.clipboard.writeText(text).then(
      () => setDone(sentence('settings.copied')),
      () => setDone(sentence('settings.notCopied')),
    )
  }

  function download(): void {
    const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
    const link = document.createElement('a')
    link.href = url
    link.download = 'chatflow-recovery-codes.txt'
    link.click()
    setTimeout(() => URL.revokeObjectURL(url), 10_000)
    setDone(sentence('settings.downloaded'))
  }

  return (
    <>
      <DialogContent className="form">
        <p className="text-2">{t('settings.codesText')}</p>
        <ol className="security-codes">
          {codes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ol>
        <div className="security-buttons">
          <Button size="small" startIcon={<ContentCopyRounded />} onClick={copy}>
            {t('settings.copy')}
          </Button>
          <Button size="small" startIcon={<DownloadRounded />} onClick={download}>
            {t('settings.download')}
          </Button>
          <span className="text-3" role="status">
            {done}
          </span>
        </div>
      </DialogContent>
      <DialogActions>
        <Button variant="contained" onClick={onClose}>
          {t('settings.codesSaved')}
        </Button>
      </DialogActions>
    </>
  )
}
