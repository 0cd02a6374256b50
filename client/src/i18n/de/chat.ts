import type { chat as english } from '../en/chat.ts'
import type { Translated } from '../words.ts'

export const chat: Translated<typeof english> = {}
