import type { PersonStatus } from '@chatflow/shared/own-settings'
import { t } from '../i18n/translate.ts'
import { formatFull } from '../ui/format-time.ts'

/** What somebody says of themselves: the emoji and the words, or where there is little room the emoji alone. */
export function StatusText({ status, short = false }: { status: PersonStatus | undefined; short?: boolean }) {
  if (status === undefined) return null
  const { emoji, text, until } = status
  const whole = [emoji, text].filter(Boolean).join(' ')
  const title = until === undefined ? whole : t('people.statusUntil', { status: whole, time: formatFull(until) })
  if (short && emoji !== undefined) {
    return (
      <span className="status-emoji" role="img" aria-label={t('people.status', { status: whole })} title={title}>
        {emoji}
      </span>
    )
  }
  return (
    <span className="ellipsis" title={title} dir="auto">
      {whole}
    </span>
  )
}
