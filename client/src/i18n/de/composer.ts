import type { composer as english } from '../en/composer.ts'
import type { Translated } from '../words.ts'

export const composer: Translated<typeof english> = {}
