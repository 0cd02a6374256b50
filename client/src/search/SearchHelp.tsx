import CloseRounded from '@mui/icons-material/CloseRounded'
import HistoryRounded from '@mui/icons-material/HistoryRounded'
import IconButton from '@mui/material/IconButton'
import { useState } from 'react'
import { useMe } from '../app/chat-context.tsx'
import { t } from '../i18n/translate.ts'
import type { PlainKey } from '../i18n/words.ts'
import { forgetSearch, recentSearches } from './recent-searches.ts'

/** What can be written, and what it finds. Those that end in a colon wait for a value. */
const HINTS: readonly (readonly [string, PlainKey])[] = [
  ['from:', 'search.hintFrom'],
  ['in:', 'search.hintIn'],
  ['has:', 'search.hintHas'],
  ['before:', 'search.hintBefore'],
  ['after:', 'search.hintAfter'],
  ['on:today', 'search.hintOn'],
]

interface Props {
  /** Puts it into the field. */
  onTry(text: string): void
  onRecent(text: string): void
}

/** While nothing is typed: what was searched for lately, and what can be. */
export function SearchHelp({ onTry, onRecent }: Props) {
  const { id } = useMe()
  const [recent, setRecent] = useState(() => recentSearches(id))
  return (
    <div className="search-help">
      {recent.length > 0 && (
        <section aria-label={t('search.recent')}>
          <h3 className="search-help-title">{t('search.recent')}</h3>
          <ul>
            {recent.map((text) => (
              <li key={text} className="search-recent">
                <button type="button" className="search-recent-text" onClick={() => onRecent(text)}>
                  <HistoryRounded fontSize="small" aria-hidden="true" />
                  <bdi className="ellipsis">{text}</bdi>
                </button>
                <IconButton
                  size="small"
                  aria-label={t('search.forget', { text })}
                  onClick={() => {
                    forgetSearch(id, text)
                    setRecent(recentSearches(id))
                  }}
                >
                  <CloseRounded fontSize="small" />
                </IconButton>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section aria-label={t('search.hints')}>
        <h3 className="search-help-title">{t('search.hints')}</h3>
        <ul>
          {HINTS.map(([text, words]) => (
            <li key={text}>
              <button type="button" className="search-hint" onClick={() => onTry(text)}>
                <code>{text}</code>
                <span>{t(words)}</span>
              </button>
            </li>
          ))}
        </ul>
        <p className="search-help-more">{t('search.hintWords')}</p>
      </section>
    </div>
  )
}
