import type { Id } from '@chatflow/shared/ids'
import type { Route } from '../app/route.ts'

/** The search beside the open room; where there is none, on its own. */
export function searchRoute(open: Id | undefined): Route {
  return open === undefined ? { page: 'search' } : { room: open, panel: 'search' }
}
