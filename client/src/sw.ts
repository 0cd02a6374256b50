/// <reference lib="webworker" />
/**
 * The service worker: keeps the app's own files so that it opens without a network.
 * It never answers for the servers: /api, /sync, /yjs and /.well-known always go to the network.
 */
import { clientsClaim } from 'workbox-core'
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: { url: string; revision: string | null }[] }

const SERVER_PATHS = [/^\/api\//, /^\/sync/, /^\/yjs\//, /^\/\.well-known\//, /^\/(healthz|readyz|metrics|dev\/mail)$/]

precacheAndRoute(self.__WB_MANIFEST)
cleanupOutdatedCaches()
registerRoute(new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: SERVER_PATHS }))
// The first visit is served from the cache on from its first reload; a new version takes over only when asked to.
clientsClaim()

self.addEventListener('message', (event) => {
  if ((event.data as { type?: unknown } | null)?.type === 'apply-update') void self.skipWaiting()
})
