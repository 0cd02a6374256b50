import type { Id } from '@chatflow/shared/ids'

/** Prefix of everything that is kept for a user on this device. */
export function scopeOf(user: Id): string {
  return `chatflow:${user}`
}
