import type { Id } from '@chatflow/shared/ids'
import type { Route } from '../app/route.ts'

/** The mentions beside the open room; where there is none (or on a phone, from the list of rooms) on their own. */
export function mentionsRoute(open: Id | undefined): Route {
  return open === undefined ? { page: 'mentions' } : { room: open, panel: 'mentions' }
}
