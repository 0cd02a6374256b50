import { isId } from '@chatflow/shared/ids'
import type { Id } from '@chatflow/shared/ids'

/** Pages that take the whole screen. `verify`, `reset` and `invite` come from links, with their secret as the section. */
const PAGES = ['settings', 'admin', 'reports', 'verify', 'reset', 'invite'] as const
export type PageName = (typeof PAGES)[number]

/**
 * What the address says: the open room, and on top of it a panel; or a page with one of its sections.
 * It lives in the fragment, so that room ids and secrets never reach a server's access log and every static host can serve it.
 */
export interface Route {
  room?: Id | undefined
  panel?: 'members' | undefined
  /** Goes to this message of the room, once. */
  at?: number | undefined
  page?: PageName | undefined
  section?: string | undefined
}

export function parseRoute(hash: string): Route {
  const [place, first, panel, seq] = hash.replace(/^#\/?/, '').split('/')
  const page = PAGES.find((name) => name === place)
  if (page !== undefined) return first !== undefined && /^[\w.-]{1,500}$/.test(first) ? { page, section: first } : { page }
  if (place !== 'rooms' || !isId(first)) return {}
  if (panel === 'at' && seq !== undefined && /^[1-9]\d{0,14}$/.test(seq)) return { room: first, at: Number(seq) }
  return panel === 'members' ? { room: first, panel } : { room: first }
}

export function formatRoute(route: Route): string {
  if (route.page !== undefined) return `#/${route.page}${route.section === undefined ? '' : `/${route.section}`}`
  if (route.room === undefined) return '#/'
  if (route.at !== undefined) return `#/rooms/${route.room}/at/${route.at}`
  return `#/rooms/${route.room}${route.panel === undefined ? '' : `/${route.panel}`}`
}
