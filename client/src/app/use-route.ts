import { useSyncExternalStore } from 'react'
import { formatRoute, parseRoute } from './route.ts'
import type { Route } from './route.ts'

const NAVIGATED = 'chatflow:navigated'

let cached: { hash: string; route: Route } = { hash: '', route: {} }

/** The current route; renders again when the address changes. */
export function useRoute(): Route {
  return useSyncExternalStore(subscribe, read)
}

/** Goes to a place of the app. `replace` leaves no step for the back button. */
export function navigate(route: Route, options: { replace?: boolean } = {}): void {
  const hash = formatRoute(route)
  if (hash === location.hash) return
  if (options.replace === true) history.replaceState(history.state, '', hash)
  else history.pushState(null, '', hash)
  dispatchEvent(new Event(NAVIGATED))
}

function read(): Route {
  if (location.hash !== cached.hash) cached = { hash: location.hash, route: parseRoute(location.hash) }
  return cached.route
}

function subscribe(listener: () => void): () => void {
  for (const event of ['hashchange', 'popstate', NAVIGATED]) addEventListener(event, listener)
  return () => {
    for (const event of ['hashchange', 'popstate', NAVIGATED]) removeEventListener(event, listener)
  }
}
