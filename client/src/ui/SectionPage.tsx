import ArrowBackRounded from '@mui/icons-material/ArrowBackRounded'
import CloseRounded from '@mui/icons-material/CloseRounded'
import IconButton from '@mui/material/IconButton'
import { useEffect, type ComponentType } from 'react'
import { formatRoute } from '../app/route.ts'
import { navigate } from '../app/use-route.ts'
import { t } from '../i18n/translate.ts'
import type { PlainKey } from '../i18n/words.ts'
import { useOneColumn } from './use-one-column.ts'
import './section-page.css'

export interface Section {
  /** In the address. */
  name: string
  title: PlainKey
  Icon: ComponentType<{ fontSize?: 'small' }>
  Content: ComponentType
}

interface Props {
  page: 'settings' | 'admin' | 'reports' | 'scheduled'
  sections: readonly Section[]
  /** Name of the open section; none: the first, and on a phone the list of them. */
  open: string | undefined
}

/** A page of sections over the whole screen, its list at the left; on a phone the list and the section are pages of their own. */
export function SectionPage({ page, sections, open }: Props) {
  const title = t(`pages.${page}`)
  const chosen = sections.find((section) => section.name === open)
  const shown = chosen ?? sections[0]
  const oneColumn = useOneColumn()
  const close = () => navigate({})
  useEffect(() => {
    const leave = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) close()
    }
    addEventListener('keydown', leave)
    return () => removeEventListener('keydown', leave)
  }, [])
  return (
    <div role={oneColumn && chosen === undefined ? 'main' : undefined} className={`sections ${chosen === undefined ? 'sections-shows-list' : 'sections-shows-one'}`}>
      <nav className="sections-nav" aria-label={title}>
        <div className="sections-head">
          <IconButton className="sections-back" aria-label={t('pages.backToChat')} onClick={close}>
            <ArrowBackRounded />
          </IconButton>
          <h1 className="sections-title">{title}</h1>
        </div>
        <ul className="sections-list">
          {sections.map(({ name, title: label, Icon }) => (
            <li key={name}>
              <a className="sections-link" href={formatRoute({ page, section: name })} aria-current={shown?.name === name ? 'page' : undefined}>
                <Icon fontSize="small" />
                {t(label)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <main className="sections-main">
        <div className="sections-head">
          <IconButton className="sections-up" aria-label={t(`pages.${page}Back`)} onClick={() => navigate({ page })}>
            <ArrowBackRounded />
          </IconButton>
          {oneColumn && <h1 className="sr-only">{title}</h1>}
          <h2 className="sections-title">{shown !== undefined && t(shown.title)}</h2>
          <IconButton className="sections-close" aria-label={t(`pages.${page}Close`)} onClick={close}>
            <CloseRounded />
          </IconButton>
        </div>
        <div className="sections-body">{shown !== undefined && <shown.Content />}</div>
      </main>
    </div>
  )
}
