/** A subscription as the browser's push service gave it, in the form in which the server takes it. */
export interface DeviceSubscription {
  endpoint: string
  keys: { p256dh: string; auth: string }
  /** The server's key that it was made with, base64url; undefined where the browser does not say. */
  serverKey: string | undefined
}

/** Push messages of this device: they come while no page is open. */
export interface PushDevice {
  /** The browser can have any. */
  readonly available: boolean
  subscription(): Promise<DeviceSubscription | undefined>
  /** Needs the permission for notifications. Rejects where the browser or its push service declines. */
  subscribe(serverKey: string): Promise<DeviceSubscription>
  /** Never rejects; nothing happens where there is none. */
  unsubscribe(): Promise<void>
  /** The browser has ended the subscription by itself. */
  onChanged(listener: () => void): () => void
  /** For messages that do not say in which language they are to be shown. */
  keepLanguage(language: string): void
}
