import type { notifications as english } from '../en/notifications.ts'
import type { Translated } from '../words.ts'

export const notifications: Translated<typeof english> = {}
