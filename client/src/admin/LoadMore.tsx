import Button from '@mui/material/Button'
import { useEffect, useEffectEvent, useRef } from 'react'
import { said } from '../i18n/sentence.ts'
import { t } from '../i18n/translate.ts'
import type { Pages } from './use-pages.ts'
import { FormError } from '../ui/FormError.tsx'

/** The end of a list: coming near it loads on; the button is for those who do not scroll. Says what went wrong. */
export function LoadMore<T>({ pages }: { pages: Pages<T> }) {
  const end = useRef<HTMLDivElement>(null)
  const { more, busy, problem, loadMore, reload, items } = pages
  const idle = more && !busy && problem === undefined
  const reach = useEffectEvent(loadMore)
  useEffect(() => {
    if (end.current === null || !idle) return undefined
    const observer = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) reach()
    }, { rootMargin: '200px' })
    observer.observe(end.current)
    return () => observer.disconnect()
  }, [idle, items.length])
  return (
    <div ref={end} className="admin-end">
      {problem !== undefined && <FormError>{said(problem)}</FormError>}
      {(idle || problem !== undefined) && (
        <Button variant="outlined" size="small" onClick={items.length === 0 ? reload : loadMore}>
          {problem === undefined ? t('admin.showMore') : t('common.tryAgain')}
        </Button>
      )}
    </div>
  )
}
