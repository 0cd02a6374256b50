/// <reference lib="webworker" />
/**
 * The service worker: keeps the app's own files so that it opens without a network.
 * It shows push messages, and leads from a notification to its message. It does not answer for the servers: /api, /sync, /yjs and /.well-known go to the network. Pictures of people alone are kept,
 * whose address never stands for another picture.
 */
import { avatarPath } from '@chatflow/shared/avatar-path'
import { languageAmong, LANGUAGES, type Language } from '@chatflow/shared/languages'
import { pageFile } from '@chatflow/shared/page-files'
import { clientsClaim } from 'workbox-core'
import type { RouteHandlerCallback } from 'workbox-core'
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'
import { CacheFirst } from 'workbox-strategies'
import type { WorkerMessage } from './platform/notification-messages.ts'
import { PICTURE_CACHE, PICTURES_KEPT } from './platform/picture-cache.ts'
import { workerLanguage } from './platform/worker-language.ts'
import { openPlace } from './worker/open-place.ts'
import { showPush } from './worker/show-push.ts'
import type { WorkerPorts } from './worker/worker-ports.ts'

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: { url: string; revision: string | null }[] }

const SERVER_PATHS = [/^\/api\//, /^\/sync/, /^\/yjs\//, /^\/\.well-known\//, /^\/(healthz|readyz|metrics|dev\/mail)$/]

// No file stands for the address alone: the page is that of the language.
precacheAndRoute(self.__WB_MANIFEST, { directoryIndex: '' })
cleanupOutdatedCaches()
const pages = Object.fromEntries(LANGUAGES.map((language) => [language, createHandlerBoundToURL(pageFile(language))])) as Record<Language, RouteHandlerCallback>
registerRoute(new NavigationRoute(async (options) => pages[await pageLanguage()](options), { denylist: SERVER_PATHS }))
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith(avatarPath('')),
  new CacheFirst({ cacheName: PICTURE_CACHE, plugins: [{ cacheWillUpdate: async ({ response }) => (response.status === 200 ? response : null), cacheDidUpdate: forgetOldest }] }),
)
// The first visit is served from the cache on from its first reload; a new version takes over only when asked to.
clientsClaim()

/** The language of the app as a page has left word of it, else that of the browser. */
async function pageLanguage(): Promise<Language> {
  const kept = await workerLanguage()
  return languageAmong([...(kept === undefined ? [] : [kept]), ...self.navigator.languages]) ?? 'en'
}

/** `workbox-expiration` would do it, with a database of its own that signing out would have to find. */
async function forgetOldest(): Promise<void> {
  const cache = await caches.open(PICTURE_CACHE)
  const kept = await cache.keys()
  await Promise.all(kept.slice(0, Math.max(0, kept.length - PICTURES_KEPT)).map((request) => cache.delete(request)))
}

self.addEventListener('message', (event) => {
  if ((event.data as { type?: unknown } | null)?.type === 'apply-update') void self.skipWaiting()
})

const ports: WorkerPorts = {
  shown: (tag) => self.registration.getNotifications({ tag }),
  show: ({ title, ...options }) => self.registration.showNotification(title, options),
  pages: async () => {
    const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
    return windows.map((page) => ({ focused: page.focused, visible: page.visibilityState === 'visible', post: (message) => page.postMessage(message), focus: () => page.focus() }))
  },
  open: (address) => self.clients.openWindow(address),
  language: workerLanguage,
  markIcon: () => void (self.navigator as { setAppBadge?: () => Promise<void> }).setAppBadge?.().catch(() => undefined),
}

self.addEventListener('push', (event) => {
  event.waitUntil(showPush(textOf(event.data), ports))
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(openPlace(event.notification.data, ports))
})

/** The browser has given up the subscription: another one takes its place at once, and the server learns of it from the next page that is open, for only pages have a session. */
self.addEventListener('pushsubscriptionchange', (event) => {
  const { oldSubscription } = event as Event & { oldSubscription?: PushSubscription | null }
  const again = async () => {
    const options = oldSubscription?.options
    if (options) await self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: options.applicationServerKey }).catch(() => undefined)
    for (const page of await ports.pages()) page.post({ type: 'push-changed' } satisfies WorkerMessage)
  }
  ;(event as ExtendableEvent).waitUntil(again())
})

/** What is not text is for nobody to read. */
function textOf(data: PushMessageData | null): string | undefined {
  try {
    return data?.text()
  } catch {
    return undefined
  }
}
