import type { admin as english } from '../en/admin.ts'
import type { Translated } from '../words.ts'

export const admin: Translated<typeof english> = {}
