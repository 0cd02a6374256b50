import { isId } from '@chatflow/shared/ids'
import type { Id } from '@chatflow/shared/ids'

/**
 * What the address says: the open room, and on top of it a panel.
 * It lives in the fragment, so that room ids never reach a server's access log and every static host can serve it.
 */
export interface Route {
  room?: Id | undefined
  panel?: 'members' | undefined
}

export function parseRoute(hash: string): Route {
  const [place, room, panel] = hash.replace(/^#\/?/, '').split('/')
  if (place !== 'rooms' || !isId(room)) return {}
  return panel === 'members' ? { room, panel } : { room }
}

export function formatRoute(route: Route): string {
  if (route.room === undefined) return '#/'
  return `#/rooms/${route.room}${route.panel === undefined ? '' : `/${route.panel}`}`
}
