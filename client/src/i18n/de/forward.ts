import type { forward as english } from '../en/forward.ts'
import type { Translated } from '../words.ts'

export const forward: Translated<typeof english> = {}
