import type { NotesVersion, NotesVersionsPage } from '@chatflow/shared/api/notes'
import type { Id } from '@chatflow/shared/ids'
import { useEffect, useState } from 'react'
import { useChatState, useServer } from '../app/chat-context.tsx'

interface Versions {
  /** Undefined until the first answer. */
  versions: NotesVersion[] | undefined
  last: NotesVersionsPage['last']
  more: boolean
  problem: 'offline' | 'failed' | undefined
  /** Fetches the next page. */
  next(): void
}

/** Earlier versions of a room's notes, page by page; asked for again when the connection comes back. */
export function useVersions(room: Id): Versions {
  const server = useServer()
  const online = useChatState((state) => state.connection.state === 'connected')
  const [page, setPage] = useState<NotesVersionsPage>()
  const [problem, setProblem] = useState<'offline' | 'failed'>()
  const path = `/api/rooms/${room}/notes/versions`

  useEffect(() => {
    let stale = false
    void server.call<NotesVersionsPage>('GET', path).then((answer) => {
      if (stale) return
      if (answer.ok) setPage(answer.value)
      setProblem(answer.ok ? undefined : answer.code === 'offline' ? 'offline' : 'failed')
    })
    return () => {
      stale = true
    }
  }, [server, path, online])

  return {
    versions: page?.versions,
    last: page?.last,
    more: page?.more === true,
    problem: page === undefined ? problem : undefined,
    next: () => {
      const before = page?.versions.at(-1)
      if (page === undefined || before === undefined) return
      void server.call<NotesVersionsPage>('GET', `${path}?before=${before.id}`).then((answer) => {
        if (answer.ok) setPage((now) => (now === page ? { ...answer.value, last: page.last, versions: [...page.versions, ...answer.value.versions] } : now))
      })
    },
  }
}
