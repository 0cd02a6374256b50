import type { moderation as english } from '../en/moderation.ts'
import type { Translated } from '../words.ts'

export const moderation: Translated<typeof english> = {}
