import type { DirectoryRoom, DirectoryUser } from '@chatflow/shared/api/chat'
import { can } from '@chatflow/shared/permissions'
import { useEffect, useState } from 'react'
import { useActions, useMe } from '../../app/chat-context.tsx'

/** A pause in the typing after which the server is asked. */
const PAUSE_MS = 150

interface Directory {
  people: DirectoryUser[]
  rooms: DirectoryRoom[]
}

const NOTHING: Directory = { people: [], rooms: [] }

/** People and public rooms that the server finds; what was found before stays until the next answer. Nothing for guests, who may not look. */
export function useDirectory(query: string): Directory {
  const { findUsers, findRooms } = useActions()
  const may = can(useMe(), 'users.list')
  const [found, setFound] = useState(NOTHING)
  // The server looks for the words as they are: the longest finds what all of them are then looked for in.
  const wanted = query.trim().split(/\s+/).reduce((longest, word) => (word.length > longest.length ? word : longest), '')
  useEffect(() => {
    if (!may || wanted === '') return
    let stale = false
    const timer = setTimeout(() => {
      void Promise.all([findUsers(wanted).catch(() => []), findRooms(wanted).catch(() => [])]).then(([people, rooms]) => {
        if (!stale) setFound({ people, rooms })
      })
    }, PAUSE_MS)
    return () => {
      stale = true
      clearTimeout(timer)
    }
  }, [may, wanted, findUsers, findRooms])
  return wanted === '' ? NOTHING : found
}
