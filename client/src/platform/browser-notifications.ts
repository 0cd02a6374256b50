import { isId, type Id } from '@chatflow/shared/ids'
import { playNotificationSound } from './notification-sound.ts'
import { parseWorkerMessage } from './notification-messages.ts'
import type { NotificationContent, NotificationPermission, Notifications, NotifiedPlace } from './notifications.ts'

/** Notifications of this browser: through the service worker, which outlives the page and is the only way on phones; without one (in development) by the page itself. */
export function browserNotifications(): Notifications {
  const own = new Map<string, Notification>()
  const listeners = new Set<(place: Pick<NotifiedPlace, 'room' | 'seq'>) => void>()
  const open = (place: Pick<NotifiedPlace, 'room' | 'seq'>) => {
    for (const listener of listeners) listener(place)
  }
  const shownListeners = new Set<() => void>()
  serviceWorkers()?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const message = parseWorkerMessage(data)
    if (message?.type === 'open-place') open(message)
    if (message?.type === 'push-shown') for (const listener of shownListeners) listener()
  })

  const showHere = ({ title, place, ...options }: NotificationContent) => {
    const tag = place?.room ?? 'test'
    const notification = new Notification(title, { ...options, tag, data: place })
    own.set(tag, notification)
    notification.onclick = () => {
      focus()
      notification.close()
      if (place) open(place)
    }
    notification.onclose = () => own.get(tag) === notification && own.delete(tag)
  }

  return {
    permission,
    ask: async () => {
      if (permission() === 'default') await Notification.requestPermission()
      return permission()
    },
    onPermission(listener) {
      let status: PermissionStatus | undefined
      // Where it cannot be heard of, it is looked at when the page is.
      navigator.permissions?.query({ name: 'notifications' }).then(
        (known) => {
          status = known
          known.addEventListener('change', listener)
        },
        () => undefined,
      )
      return () => status?.removeEventListener('change', listener)
    },
    async show(content) {
      if (permission() !== 'granted') return
      const { title, place, ...options } = content
      try {
        const registration = await worker()
        // TypeScript's DOM does not know `renotify`: without it, a later message of a room would come without being noticed.
        const more: NotificationOptions & { renotify: boolean } = { ...options, tag: place?.room ?? 'test', renotify: true, data: place }
        if (registration) await registration.showNotification(title, more)
        else showHere(content)
      } catch (error) {
        console.error(error)
      }
    },
    async shown() {
      const notifications = [...((await (await worker())?.getNotifications()) ?? []), ...own.values()]
      return notifications.flatMap(({ data }) => placeOf(data) ?? [])
    },
    async close(room: Id) {
      own.get(room)?.close()
      own.delete(room)
      for (const notification of (await (await worker())?.getNotifications({ tag: room })) ?? []) notification.close()
    },
    onOpen(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    onShown(listener) {
      shownListeners.add(listener)
      return () => void shownListeners.delete(listener)
    },
    playSound: playNotificationSound,
    setBadge(count) {
      // Only installed apps have an icon with a badge, and not every browser has the call.
      const badge = navigator as Partial<Pick<Navigator, 'setAppBadge' | 'clearAppBadge'>>
      void (count > 0 ? badge.setAppBadge?.(count) : badge.clearAppBadge?.())?.catch(() => undefined)
    },
  }
}

function permission(): NotificationPermission {
  return typeof Notification === 'undefined' ? 'unsupported' : Notification.permission
}

function serviceWorkers(): ServiceWorkerContainer | undefined {
  return (navigator as { serviceWorker?: ServiceWorkerContainer }).serviceWorker
}

/** The registration of a worker that is at work; undefined: there is none yet. */
async function worker(): Promise<ServiceWorkerRegistration | undefined> {
  const registration = await serviceWorkers()?.getRegistration().catch(() => undefined)
  return registration?.active ? registration : undefined
}

function placeOf(data: unknown): NotifiedPlace | undefined {
  if (typeof data !== 'object' || data === null) return undefined
  const { room, message, seq, count } = data as Record<string, unknown>
  return isId(room) && isId(message) && typeof seq === 'number' ? { room, message, seq, count: typeof count === 'number' ? count : 1 } : undefined
}
