import { t } from '../i18n/translate.ts'
import './skip-link.css'

/** The first stop of the keyboard: past the list of rooms to what the page is about. Seen only while it has the focus. */
export function SkipLink() {
  function skip(): void {
    const target = document.querySelector<HTMLElement>('.timeline-scroller') ?? document.querySelector<HTMLElement>('main, [role="main"]')
    if (target === null) return
    if (target.tabIndex < 0) target.tabIndex = -1
    target.focus()
  }
  return (
    <button type="button" className="skip-link" onClick={skip}>
      {t('app.skip')}
    </button>
  )
}
