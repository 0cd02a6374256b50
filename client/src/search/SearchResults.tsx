import SearchOffRounded from '@mui/icons-material/SearchOffRounded'
import Button from '@mui/material/Button'
import { useEffect, useLayoutEffect, useRef } from 'react'
import type { KeyboardEvent, RefObject } from 'react'
import { useActions } from '../app/chat-context.tsx'
import type { RoomView, SearchHitView, SearchView } from '../chat/views.ts'
import { t } from '../i18n/translate.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { SearchHit } from './SearchHit.tsx'
import type { SearchPlace } from './search-place.ts'

interface Props {
  search: SearchView
  rooms: readonly RoomView[]
  place: SearchPlace
  list: RefObject<HTMLDivElement | null>
  onFollow(hit: SearchHitView): void
  onEverywhere(): void
  /** Arrow up above the first: back to the field. */
  onLeave(): void
}

/** What was found. Arrows go from one to the next. */
export function SearchResults({ search, rooms, place, list, onFollow, onEverywhere, onLeave }: Props) {
  const { searchMore, holdResults } = useActions()
  const { hits, onDevice, room: scope } = search
  const nameOf = new Map(rooms.map((room) => [room.id, room.name]))
  useLayoutEffect(() => {
    // Back from a result, in another room perhaps: where one was.
    list.current?.scrollTo({ top: place.top })
  }, [list, place])
  const end = useRef<HTMLDivElement>(null)
  const more = search.more && hits.length > 0
  useEffect(() => {
    const target = end.current
    if (target === null || !more || typeof IntersectionObserver === 'undefined') return
    const observer = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && searchMore(), { root: list.current, rootMargin: '200px' })
    observer.observe(target)
    return () => observer.disconnect()
  }, [more, hits.length, searchMore, list])

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    const links = [...event.currentTarget.querySelectorAll<HTMLElement>('.search-hit')]
    const at = links.findIndex((link) => link === document.activeElement)
    if (event.key === 'ArrowDown') links[Math.min(at + 1, links.length - 1)]?.focus()
    else if (event.key === 'ArrowUp' && at > 0) links[at - 1]?.focus()
    else if (event.key === 'ArrowUp') onLeave()
    else if (event.key === 'Home') links[0]?.focus()
    else if (event.key === 'End') links.at(-1)?.focus()
    else return
    event.preventDefault()
    holdResults()
  }

  if (hits.length === 0) return search.looking ? null : <NothingFound search={search} onEverywhere={onEverywhere} />
  const row = (hit: SearchHitView) => (
    <SearchHit key={hit.id} hit={hit} room={scope === undefined ? (nameOf.get(hit.room) ?? '') : undefined} followed={hit.id === place.followed} onFollow={onFollow} />
  )
  const first = onDevice ?? hits.length
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys of the links in it
    <div
      ref={list}
      className="search-list"
      onKeyDown={onKeyDown}
      onPointerMove={holdResults}
      onScroll={(event) => {
        if (place.scrolled(event.currentTarget.scrollTop)) holdResults()
      }}
    >
      <ul aria-label={t('search.results', { count: first })}>{hits.slice(0, first).map(row)}</ul>
      {first < hits.length && (
        <>
          <h3 className="search-help-title">{t('search.fromServer')}</h3>
          <ul aria-label={t('search.fromServer')}>{hits.slice(first).map(row)}</ul>
        </>
      )}
      <div ref={end}>
        {more && (
          <Button fullWidth variant="outlined" onClick={searchMore}>
            {t('search.more')}
          </Button>
        )}
      </div>
    </div>
  )
}

function NothingFound({ search, onEverywhere }: { search: SearchView; onEverywhere(): void }) {
  return (
    <EmptyState
      icon={<SearchOffRounded />}
      title={t(search.server === 'unreachable' ? 'search.nothingOnDevice' : 'search.nothing')}
      actions={
        search.room !== undefined && (
          <Button variant="outlined" onClick={onEverywhere}>
            {t('search.searchEverywhere')}
          </Button>
        )
      }
    >
      {t('search.nothingHow')}
    </EmptyState>
  )
}
