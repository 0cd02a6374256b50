import type { Id } from '@chatflow/shared/ids'

/** Key of `me.set`: true where push of this device was ended at another one, until the device has heard of it. Without it the device would hold its subscription to be lost, and make another. */
export function pushEndedKey(device: Id): string {
  return `pushEnded:${device}`
}
