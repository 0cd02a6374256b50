import { keepWorkerLanguage } from './worker-language.ts'
import { parseWorkerMessage } from './notification-messages.ts'
import type { DeviceSubscription, PushDevice } from './push.ts'

/** Push of this browser, by the service worker of the built app. */
export function browserPush(): PushDevice {
  const workers = (navigator as { serviceWorker?: ServiceWorkerContainer }).serviceWorker
  const available = import.meta.env.PROD && workers !== undefined && 'PushManager' in globalThis
  const manager = async (): Promise<PushManager | undefined> => (available ? (await workers.ready).pushManager : undefined)
  return {
    available,
    subscription: async () => {
      const found = await (await manager())?.getSubscription()
      return found ? described(found) : undefined
    },
    async subscribe(serverKey) {
      const found = await (await manager())?.subscribe({ userVisibleOnly: true, applicationServerKey: serverKey })
      const subscription = found && described(found)
      if (!subscription) throw new Error('This browser has no push messages.')
      return subscription
    },
    async unsubscribe() {
      try {
        await (await (await manager())?.getSubscription())?.unsubscribe()
      } catch {
        // Its push service cannot be reached: the server sends nothing any more once the session has ended.
      }
    },
    onChanged(listener) {
      const hear = ({ data }: MessageEvent<unknown>) => {
        if (parseWorkerMessage(data)?.type === 'push-changed') listener()
      }
      workers?.addEventListener('message', hear)
      return () => workers?.removeEventListener('message', hear)
    },
    keepLanguage: (language) => void (available && keepWorkerLanguage(language)),
  }
}

function described(subscription: PushSubscription): DeviceSubscription | undefined {
  const { endpoint, keys } = subscription.toJSON()
  const { p256dh, auth } = keys ?? {}
  if (endpoint === undefined || p256dh === undefined || auth === undefined) return undefined
  const key = subscription.options.applicationServerKey
  return { endpoint, keys: { p256dh, auth }, serverKey: key === null ? undefined : base64url(new Uint8Array(key)) }
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
