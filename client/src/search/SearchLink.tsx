import SearchRounded from '@mui/icons-material/SearchRounded'
import { KEYS, strokeWords } from '../app/keys.ts'
import { useShell } from '../app/shell-context.tsx'
import { t } from '../i18n/translate.ts'

/** In the sidebar: the search over all rooms. */
export function SearchLink() {
  const { openSearch } = useShell()
  return (
    <button type="button" className="sidebar-link" title={t('search.openKeys', { keys: strokeWords(KEYS.search).join(' ') })} onClick={() => openSearch({ everywhere: true })}>
      <SearchRounded fontSize="small" aria-hidden="true" />
      {t('search.open')}
    </button>
  )
}
