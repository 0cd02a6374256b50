/// <reference lib="webworker" />
/**
 * The service worker: keeps the app's own files so that it opens without a network.
 * It does not answer for the servers: /api, /sync, /yjs and /.well-known go to the network. Pictures of people alone are kept,
 * whose address never stands for another picture.
 */
import { avatarPath } from '@chatflow/shared/avatar-path'
import { clientsClaim } from 'workbox-core'
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'
import { CacheFirst } from 'workbox-strategies'
import { PICTURE_CACHE, PICTURES_KEPT } from './platform/picture-cache.ts'

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: { url: string; revision: string | null }[] }

const SERVER_PATHS = [/^\/api\//, /^\/sync/, /^\/yjs\//, /^\/\.well-known\//, /^\/(healthz|readyz|metrics|dev\/mail)$/]

precacheAndRoute(self.__WB_MANIFEST)
cleanupOutdatedCaches()
registerRoute(new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: SERVER_PATHS }))
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith(avatarPath('')),
  new CacheFirst({ cacheName: PICTURE_CACHE, plugins: [{ cacheWillUpdate: async ({ response }) => (response.status === 200 ? response : null), cacheDidUpdate: forgetOldest }] }),
)
// The first visit is served from the cache on from its first reload; a new version takes over only when asked to.
clientsClaim()

/** `workbox-expiration` would do it, with a database of its own that signing out would have to find. */
async function forgetOldest(): Promise<void> {
  const cache = await caches.open(PICTURE_CACHE)
  const kept = await cache.keys()
  await Promise.all(kept.slice(0, Math.max(0, kept.length - PICTURES_KEPT)).map((request) => cache.delete(request)))
}

self.addEventListener('message', (event) => {
  if ((event.data as { type?: unknown } | null)?.type === 'apply-update') void self.skipWaiting()
})
