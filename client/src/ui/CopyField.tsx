import CheckRounded from '@mui/icons-material/CheckRounded'
import ContentCopyRounded from '@mui/icons-material/ContentCopyRounded'
import Button from '@mui/material/Button'
import { useRef, useState } from 'react'
import { t } from '../i18n/translate.ts'
import './copy-field.css'

/** A text to be taken elsewhere, with a button that copies it. Where the browser does not let us, it is selected to be copied by hand. */
export function CopyField({ label, value }: { label: string; value: string }) {
  const input = useRef<HTMLInputElement>(null)
  const [copied, setCopied] = useState(false)
  async function copy(): Promise<void> {
    input.current?.select()
    try {
      await navigator.clipboard.writeText(value)
      setCopied(true)
    } catch {
      setCopied(false)
    }
  }
  return (
    <div className="copy">
      <input ref={input} className="copy-text" aria-label={label} readOnly value={value} onFocus={(event) => event.target.select()} />
      <Button variant="outlined" startIcon={copied ? <CheckRounded /> : <ContentCopyRounded />} onClick={() => void copy()}>
        {t(copied ? 'common.copied' : 'common.copy')}
      </Button>
      <span role="status" className="sr-only">
        {copied ? t('common.copiedThis', { what: label }) : ''}
      </span>
    </div>
  )
}
