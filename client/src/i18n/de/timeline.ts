import type { timeline as english } from '../en/timeline.ts'
import type { Translated } from '../words.ts'

export const timeline: Translated<typeof english> = {}
