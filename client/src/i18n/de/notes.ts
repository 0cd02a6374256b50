import type { notes as english } from '../en/notes.ts'
import type { Translated } from '../words.ts'

export const notes: Translated<typeof english> = {}
