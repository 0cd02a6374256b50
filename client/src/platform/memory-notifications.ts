import type { Id } from '@chatflow/shared/ids'
import type { NotificationContent, NotificationPermission, Notifications, NotifiedPlace } from './notifications.ts'

/** The notifications of one device, as a test sees and answers them. Give the same one to all its pages. */
export class MemoryNotifications implements Notifications {
  /** What the person answers when asked. */
  answer: NotificationPermission = 'granted'
  /** How often the person was asked. */
  asked = 0
  /** What is on the screen of the device, by room; a try under ''. */
  readonly visible = new Map<string, NotificationContent>()
  /** Everything that was ever shown, in order. */
  readonly history: NotificationContent[] = []
  sounds = 0
  badge = 0
  /** The page may make a sound. */
  audible = true
  #permission: NotificationPermission
  readonly #permissionListeners = new Set<() => void>()
  readonly #openListeners = new Set<(place: Pick<NotifiedPlace, 'room' | 'seq'>) => void>()
  readonly #shownListeners = new Set<() => void>()

  constructor(permission: NotificationPermission = 'granted') {
    this.#permission = permission
  }

  permission(): NotificationPermission {
    return this.#permission
  }

  /** The person changes it in the browser's settings. */
  setPermission(permission: NotificationPermission): void {
    this.#permission = permission
    for (const listener of this.#permissionListeners) listener()
  }

  async ask(): Promise<NotificationPermission> {
    this.asked += 1
    this.setPermission(this.answer)
    return this.#permission
  }

  onPermission(listener: () => void): () => void {
    this.#permissionListeners.add(listener)
    return () => void this.#permissionListeners.delete(listener)
  }

  async show(content: NotificationContent): Promise<void> {
    if (this.#permission !== 'granted') return
    this.visible.set(content.place?.room ?? '', content)
    this.history.push(content)
  }

  async shown(): Promise<NotifiedPlace[]> {
    return [...this.visible.values()].flatMap(({ place }) => place ?? [])
  }

  async close(room: Id): Promise<void> {
    this.visible.delete(room)
  }

  onOpen(listener: (place: Pick<NotifiedPlace, 'room' | 'seq'>) => void): () => void {
    this.#openListeners.add(listener)
    return () => void this.#openListeners.delete(listener)
  }

  onShown(listener: () => void): () => void {
    this.#shownListeners.add(listener)
    return () => void this.#shownListeners.delete(listener)
  }

  /** A push message arrives, and the service worker shows it. */
  async push(content: NotificationContent): Promise<void> {
    await this.show(content)
    for (const listener of this.#shownListeners) listener()
  }

  /** The person clicks the notification of a room. */
  click(room: Id): void {
    const place = this.visible.get(room)?.place
    this.visible.delete(room)
    if (place) for (const listener of this.#openListeners) listener(place)
  }

  playSound(): boolean {
    if (this.audible) this.sounds += 1
    return this.audible
  }

  setBadge(count: number): void {
    this.badge = count
  }
}
