import type { SearchView } from '../chat/views.ts'
import { t } from '../i18n/translate.ts'
import { formatShortDate } from '../ui/format-time.ts'

/** How many results there are, where they come from, and what is still coming. */
export function SearchNote({ search }: { search: SearchView }) {
  return (
    <p className="search-note" role="status">
      {sentences(search).join(' ')}
    </p>
  )
}

function sentences({ looking, hits, more, server, refusal, device, onDevice }: SearchView): string[] {
  if (looking) return [t('search.looking')]
  const count = hits.length
  const found = more ? t('search.resultsMore', { count }) : t('search.results', { count })
  if (server === 'refused') return [found, t(refusal === 'search_too_slow' ? 'search.tooSlow' : 'search.tooOften'), ...deviceWords(device)]
  if (server === 'unreachable') return [found, t('search.offline'), ...deviceWords(device)]
  if (server === 'asking') return [found, t('search.asking')]
  if (server === 'partly') return [found, t('search.partly')]
  return [found, ...(onDevice !== undefined && onDevice < count ? [t('search.moreBelow')] : [])]
}

/** What of the rooms is on this device. */
function deviceWords(device: SearchView['device']): string[] {
  if (device === undefined) return []
  const { messages, since, reading } = device
  if (reading) return [t('search.reading')]
  return [since === undefined ? t('search.nothingHere') : t('search.onDevice', { count: messages, since: formatShortDate(since) })]
}
