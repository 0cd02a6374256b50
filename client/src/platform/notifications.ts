import type { Id } from '@chatflow/shared/ids'

/** What the browser lets the page show. 'unsupported': it cannot show any here, as on an iPhone before the app is installed. */
export type NotificationPermission = 'unsupported' | 'default' | 'granted' | 'denied'

/** What a notification is about. */
export interface NotifiedPlace {
  room: Id
  /** Id of the newest message that it tells of, and its place. */
  message: Id
  seq: number
  /** How many messages it tells of. */
  count: number
}

export interface NotificationContent {
  title: string
  body: string
  /** Address of a picture. */
  icon?: string
  /** The system makes no sound for it. */
  silent: boolean
  /** The newest thing that it tells of: one a room, a later one takes its place. Without it, a try. */
  place?: NotifiedPlace
}

/** Notifications of the system, their sound, and the number on the app's icon. */
export interface Notifications {
  permission(): NotificationPermission
  /** Asks the person; to be called in a click. Answers what holds then. */
  ask(): Promise<NotificationPermission>
  /** Told when the person changes it in the browser's own settings. */
  onPermission(listener: () => void): () => void
  /** Shows it and draws attention, also where one of the same room is there. Never rejects: a system that shows none is no fault of the message. */
  show(content: NotificationContent): Promise<void>
  /** All of this app that are there now, those of the service worker included. */
  shown(): Promise<NotifiedPlace[]>
  close(room: Id): Promise<void>
  /** Somebody has clicked one: the place is to be shown. */
  onOpen(listener: (place: Pick<NotifiedPlace, 'room' | 'seq'>) => void): () => void
  /** One has been shown from outside of the page, by push. */
  onShown(listener: () => void): () => void
  /** A short sound. False: the browser does not let the page make one now. */
  playSound(): boolean
  /** The number on the app's icon; 0: none. */
  setBadge(count: number): void
}
