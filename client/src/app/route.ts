import { isId } from '@chatflow/shared/ids'
import type { Id } from '@chatflow/shared/ids'

/** Pages beside those of the rooms; but for the mentions and the search they take the whole screen. `verify`, `reset` and `invite` come from links, with their secret as the section. */
const PAGES = ['settings', 'admin', 'reports', 'scheduled', 'mentions', 'search', 'verify', 'reset', 'invite'] as const
type PageName = (typeof PAGES)[number]

/** Panels at the right of a room. */
const PANELS = ['thread', 'members', 'pins', 'details', 'mentions', 'scheduled', 'notes', 'search'] as const
export type PanelName = (typeof PANELS)[number]

/** What stands in an address beside names that are known here. */
const PLAIN = /^[\w.-]{1,500}$/

/**
 * What the address says: the open room, and on top of it a panel; or a page with one of its sections.
 * It lives in the fragment, so that room ids and secrets never reach a server's access log and every static host can serve it.
 */
export interface Route {
  room?: Id | undefined
  panel?: PanelName | undefined
  /** What the panel is about, where it needs to know: the message of a thread, say. */
  item?: string | undefined
  /** Goes to this message of the room, once; with a panel that needs no item, or none. */
  at?: number | undefined
  page?: PageName | undefined
  section?: string | undefined
}

export function parseRoute(hash: string): Route {
  const [place, first, second, third, fourth] = hash.replace(/^#\/?/, '').split('/')
  const page = PAGES.find((name) => name === place)
  if (page !== undefined) return first !== undefined && PLAIN.test(first) ? { page, section: first } : { page }
  if (place !== 'rooms' || !isId(first)) return {}
  if (second === 'at' && third !== undefined && /^[1-9]\d{0,14}$/.test(third)) {
    const beside = PANELS.find((name) => name === fourth)
    return { room: first, at: Number(third), ...(beside === undefined ? {} : { panel: beside }) }
  }
  const panel = PANELS.find((name) => name === second)
  if (panel === undefined) return { room: first }
  return third !== undefined && PLAIN.test(third) ? { room: first, panel, item: third } : { room: first, panel }
}

export function formatRoute(route: Route): string {
  if (route.page !== undefined) return `#/${route.page}${route.section === undefined ? '' : `/${route.section}`}`
  if (route.room === undefined) return '#/'
  if (route.at !== undefined) return `#/rooms/${route.room}/at/${route.at}${route.panel === undefined ? '' : `/${route.panel}`}`
  const panel = route.panel === undefined ? '' : `/${route.panel}${route.item === undefined ? '' : `/${route.item}`}`
  return `#/rooms/${route.room}${panel}`
}
