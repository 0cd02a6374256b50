import type { DirectoryRoom } from '@chatflow/shared/api/chat'
import { useEffect, useState } from 'react'
import { useActions } from '../app/chat-context.tsx'

/** A pause in the typing after which rooms are looked up. */
const PAUSE_MS = 120

interface Pages {
  /** Undefined until the first answer. */
  rooms: DirectoryRoom[] | undefined
  /** There are further rooms than these. */
  more: boolean
  /** Fetches the next page. */
  next(): void
}

/** Public rooms that fit the query, page by page. What was found stays until the next answer. */
export function useRoomPages(query: string): Pages {
  const { browseRooms } = useActions()
  const [found, setFound] = useState<{ query: string; rooms: DirectoryRoom[]; more: boolean }>()
  const [asking, setAsking] = useState(false)

  useEffect(() => {
    let stale = false
    const timer = setTimeout(() => {
      void browseRooms(query, 0).then(({ rooms, more }) => {
        if (!stale) setFound({ query, rooms, more })
      })
    }, PAUSE_MS)
    return () => {
      stale = true
      clearTimeout(timer)
    }
  }, [query, browseRooms])

  return {
    rooms: found?.rooms,
    more: found?.more === true && found.query === query,
    next: () => {
      if (found === undefined || asking) return
      setAsking(true)
      void browseRooms(query, found.rooms.length)
        .then(({ rooms, more }) => {
          // Somebody may have joined in between, which moves rooms from one page to another.
          const known = new Set(found.rooms.map(({ room }) => room))
          setFound((now) => (now === found ? { query, rooms: [...found.rooms, ...rooms.filter(({ room }) => !known.has(room))], more } : now))
        })
        .finally(() => setAsking(false))
    },
  }
}
