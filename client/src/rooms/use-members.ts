import type { Id } from '@chatflow/shared/ids'
import { useEffect, useState } from 'react'
import { useActions } from '../app/chat-context.tsx'
import type { MemberView } from '../chat/views.ts'
import { mergeMembers, matchesMember } from './member-list.ts'

/** A pause in the typing after which the server is asked. */
const PAUSE_MS = 150

interface Found {
  query: string
  members: readonly MemberView[]
  total: number
}

interface Members {
  members: readonly MemberView[]
  /** How many there are besides these; 0: they are all here. */
  left: number
  /** There are others, but the server cannot be asked now. */
  unreachable: boolean
  next(): void
}

/**
 * Members of a room that fit the query. `listed`: those whom the device knows, of `count` in all; where that is not all of them, the server is
 * asked for what the query finds, and for the others page by page.
 */
export function useMembers(room: Id, listed: readonly MemberView[], count: number, query: string): Members {
  const { findMembers } = useActions()
  const [found, setFound] = useState<Found>()
  const [unreachable, setUnreachable] = useState(false)
  const [asking, setAsking] = useState(false)
  const partial = count > listed.length
  const here = found?.query === query ? found : undefined

  useEffect(() => {
    if (!partial || query === '') return
    let stale = false
    const timer = setTimeout(() => {
      void findMembers(room, query, 0).then((page) => {
        if (stale) return
        setUnreachable(page === undefined)
        if (page !== undefined) setFound({ query, ...page })
      })
    }, PAUSE_MS)
    return () => {
      stale = true
      clearTimeout(timer)
    }
  }, [partial, room, query, findMembers])

  // Without a query the pages go on where the device's own list ends; with one they are all of the server's.
  const fetched = here?.members ?? []
  const from = query === '' ? listed.length + fetched.length : fetched.length
  const total = query === '' ? count : (here?.total ?? 0)
  const members = mergeMembers(listed.filter((member) => matchesMember(member, query)), fetched)
  return {
    members,
    left: partial ? Math.max(0, total - from) : 0,
    unreachable: partial && unreachable,
    next: () => {
      if (asking) return
      setAsking(true)
      void findMembers(room, query, from)
        .then((page) => {
          setUnreachable(page === undefined)
          if (page !== undefined) setFound({ query, members: mergeMembers(fetched, page.members), total: page.total })
        })
        .finally(() => setAsking(false))
    },
  }
}
