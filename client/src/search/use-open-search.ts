import type { Id } from '@chatflow/shared/ids'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useActions, useChatState } from '../app/chat-context.tsx'
import type { Route } from '../app/route.ts'
import { navigate } from '../app/use-route.ts'
import { SearchPlace } from './search-place.ts'
import { searchRoute } from './search-route.ts'

/** `text`: begins with it; `everywhere`: over all rooms. By itself the search that there was goes on, unless it was for another room. */
export interface OpenSearch {
  text?: string
  everywhere?: boolean
}

/** The way to the search beside the open room, from anywhere, and where one is among its results. Both stay the same for good. */
export function useOpenSearch({ panel }: Route, room: Id | undefined): { openSearch(options?: OpenSearch): void; searchPlace: SearchPlace } {
  const { search: start } = useActions()
  const search = useChatState((state) => state.search)
  const [searchPlace] = useState(() => new SearchPlace())
  const latest = useRef({ search, room, panel })
  useEffect(() => {
    latest.current = { search, room, panel }
  })
  return useMemo(
    () => ({
      searchPlace,
      openSearch({ text, everywhere = false } = {}) {
        const now = latest.current
        const wanted = everywhere ? undefined : now.room
        const before = now.search
        const goesOn = text === undefined && before !== undefined && before.text !== '' && (before.room === undefined || before.room === wanted)
        searchPlace.startOver()
        if (!goesOn) start({ text: text ?? '', room: wanted, sort: before?.sort ?? 'best' })
        navigate(searchRoute(now.room), { replace: now.panel !== undefined })
        // It may be open already.
        const field = document.querySelector<HTMLInputElement>('.search-box input')
        field?.focus()
        if (text === undefined) field?.select()
      },
    }),
    [start, searchPlace],
  )
}
