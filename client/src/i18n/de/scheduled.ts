import type { scheduled as english } from '../en/scheduled.ts'
import type { Translated } from '../words.ts'

export const scheduled: Translated<typeof english> = {}
