import type { emoji as english } from '../en/emoji.ts'
import type { Translated } from '../words.ts'

export const emoji: Translated<typeof english> = {}
