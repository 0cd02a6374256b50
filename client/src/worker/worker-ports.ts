/** A window of this app. */
export interface WorkerPage {
  focused: boolean
  visible: boolean
  post(message: unknown): void
  /** Rejects where the browser does not allow it. */
  focus(): Promise<unknown>
}

/** What is shown, as the browser takes and gives it. */
export interface WorkerNotification {
  title: string
  body: string
  icon?: string
  tag: string
  silent: boolean
  /** Draws attention also where one with the tag is there. */
  renotify: boolean
  data: unknown
}

/** What the handlers of the service worker need of it. */
export interface WorkerPorts {
  /** Those with the tag that are there now. */
  shown(tag: string): Promise<Pick<WorkerNotification, 'title' | 'body' | 'data'>[]>
  show(notification: WorkerNotification): Promise<void>
  pages(): Promise<WorkerPage[]>
  open(address: string): Promise<unknown>
  /** Of the interface, as a page left it; undefined: none did. */
  language(): Promise<string | undefined>
  /** A mark on the app's icon, where it has one. */
  markIcon(): void
}
