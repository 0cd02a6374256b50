import { trustedScript } from './trusted-scripts.ts'

/** How often an open tab asks for a new version, in milliseconds. */
const CHECK_EVERY_MS = 3_600_000

/**
 * Registers the service worker of a built app; in development there is none.
 * A new version is offered, never forced: `onWaiting` is called when one waits, with the function that loads it.
 * It may be called again when another tab has applied one; `apply` then reloads this tab.
 */
export function registerServiceWorker(onWaiting: (apply: () => void) => void): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  const { serviceWorker } = navigator
  let applied = false
  let controlled = serviceWorker.controller !== null

  const offer = (registration: ServiceWorkerRegistration): void => {
    onWaiting(() => {
      applied = true
      if (registration.waiting) registration.waiting.postMessage({ type: 'apply-update' })
      else location.reload()
    })
  }

  serviceWorker.addEventListener('controllerchange', () => {
    // The first worker of a fresh visit takes control without changing what is shown.
    if (!controlled) controlled = true
    else if (applied) location.reload()
    else onWaiting(() => location.reload())
  })

  const register = async (): Promise<void> => {
    const registration = await serviceWorker.register(trustedScript('/sw.js'), { updateViaCache: 'none' })
    if (registration.waiting && serviceWorker.controller) offer(registration)
    registration.addEventListener('updatefound', () => {
      const { installing } = registration
      installing?.addEventListener('statechange', () => {
        if (installing.state === 'installed' && serviceWorker.controller) offer(registration)
      })
    })
    const check = (): void => void registration.update().catch(ignoreOffline)
    setInterval(check, CHECK_EVERY_MS)
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && check())
  }
  // A browser that refuses (private mode, storage switched off) still runs the app, only not offline.
  void register().catch(ignoreOffline)
}

function ignoreOffline(): void {}
