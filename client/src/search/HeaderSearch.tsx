import SearchRounded from '@mui/icons-material/SearchRounded'
import Tooltip from '@mui/material/Tooltip'
import type { Id } from '@chatflow/shared/ids'
import { useState } from 'react'
import { KEYS, strokeWords } from '../app/keys.ts'
import { navigate } from '../app/use-route.ts'
import { useShell } from '../app/shell-context.tsx'
import { t } from '../i18n/translate.ts'
import '../ui/search-field.css'
import './search.css'

/** The way to the search from a room: where there is space a field in which one can begin, else a button. `open`: the search is there already, with its own field. */
export function HeaderSearch({ room, open }: { room: Id; open: boolean }) {
  const { openSearch } = useShell()
  /** What an input method is composing: the field stays until that is done. */
  const [composing, setComposing] = useState('')
  const begin = (text: string) => {
    setComposing('')
    openSearch({ text })
  }
  return (
    <>
      {!open && (
        <label className="search-field header-search">
          <SearchRounded fontSize="small" aria-hidden="true" />
          <input
            type="search"
            aria-label={t('search.search')}
            placeholder={t('search.search')}
            autoComplete="off"
            spellCheck={false}
            value={composing}
            onClick={() => openSearch()}
            onChange={(event) => {
              if ((event.nativeEvent as InputEvent).isComposing) setComposing(event.target.value)
              else if (event.target.value !== '') begin(event.target.value)
            }}
            onCompositionEnd={(event) => begin(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && !event.nativeEvent.isComposing) openSearch()
            }}
          />
        </label>
      )}
      <Tooltip title={t('search.openHereKeys', { keys: strokeWords(KEYS.search).join(' ') })}>
        <button type="button" className="room-panel-button header-search-button" aria-label={t('search.openHere')} aria-expanded={open} onClick={() => (open ? navigate({ room }, { replace: true }) : openSearch())}>
          <SearchRounded aria-hidden="true" />
        </button>
      </Tooltip>
    </>
  )
}
