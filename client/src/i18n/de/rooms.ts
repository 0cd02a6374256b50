import type { rooms as english } from '../en/rooms.ts'
import type { Translated } from '../words.ts'

export const rooms: Translated<typeof english> = {}
