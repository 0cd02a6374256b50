import { useEffect, useId, useRef } from 'react'
import { useActions, useChatState, useMe } from '../app/chat-context.tsx'
import { useShell } from '../app/shell-context.tsx'
import type { RoomView, SearchAsk, SearchHitView } from '../chat/views.ts'
import { t } from '../i18n/translate.ts'
import { RoomPanel } from '../rooms/RoomPanel.tsx'
import { rememberSearch } from './recent-searches.ts'
import { SearchBox } from './SearchBox.tsx'
import { SearchFault } from './SearchFault.tsx'
import { SearchFilters } from './SearchFilters.tsx'
import { SearchHelp } from './SearchHelp.tsx'
import { SearchNote } from './SearchNote.tsx'
import { SearchResults } from './SearchResults.tsx'
import './search.css'

/** The search beside a room, or on its own where none is open. What was found stays while one goes from one result to the next, and back. */
export function SearchPanel({ room: open }: { room: RoomView | undefined }) {
  const id = useId()
  const me = useMe()
  const { searchPlace: place } = useShell()
  const { search: start } = useActions()
  const { rooms, search } = useChatState((state) => ({ rooms: state.rooms, search: state.search }))
  const field = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const ask: SearchAsk = search ?? { text: '', room: open?.id, sort: 'best' }
  const typed = ask.text.trim() !== ''
  const scope = rooms.find((room) => room.id === ask.room)

  useEffect(() => {
    const followed = place.followed === undefined ? null : list.current?.querySelector<HTMLElement>(`[data-hit="${place.followed}"]`)
    if (followed) followed.focus({ preventScroll: true })
    else field.current?.focus({ preventScroll: true })
  }, [place])

  function change(next: Partial<SearchAsk>, now = false): void {
    place.startOver()
    list.current?.scrollTo({ top: 0 })
    start({ text: ask.text, room: ask.room, sort: ask.sort, ...next }, { now })
  }

  /** Puts a part of a search into the field. */
  function add(text: string): void {
    change({ text: typed ? `${ask.text.trimEnd()} ${text}` : text })
    field.current?.focus()
  }

  function follow(hit: SearchHitView): void {
    place.follow(hit.id)
    rememberSearch(me.id, ask.text)
  }

  return (
    <RoomPanel room={open?.id} label={t('search.panel')} heading={t('search.heading')} wide>
      <div className="search" role="search">
        <SearchBox
          field={field}
          text={ask.text}
          fault={search?.fault === undefined ? undefined : `${id}-fault`}
          onChange={(text) => change({ text })}
          onSubmit={() => {
            rememberSearch(me.id, ask.text)
            change({}, true)
          }}
          onLeave={() => list.current?.querySelector<HTMLElement>('.search-hit')?.focus()}
        />
        <SearchFilters
          scope={scope}
          open={open}
          named={/(?:^|\s)in:/i.test(ask.text)}
          sort={ask.sort}
          onScope={(room) => change({ room: room?.id }, true)}
          onSort={(sort) => change({ sort }, true)}
        />
        {search?.fault !== undefined && <SearchFault id={`${id}-fault`} text={ask.text} fault={search.fault} />}
        {search !== undefined && search.fault === undefined && typed && <SearchNote search={search} />}
      </div>
      {search === undefined || !typed ? (
        <SearchHelp onTry={add} onRecent={(text) => change({ text }, true)} />
      ) : (
        search.fault === undefined && (
          <SearchResults search={search} rooms={rooms} place={place} list={list} onFollow={follow} onEverywhere={() => change({ room: undefined }, true)} onLeave={() => field.current?.focus()} />
        )
      )}
    </RoomPanel>
  )
}
