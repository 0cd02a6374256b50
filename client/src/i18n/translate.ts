import { say } from './engine.ts'
import { formatNumber } from './format.ts'
import { language } from './language.ts'
import type { Arguments, Key } from './words.ts'

/**
 * The text of this key in the language chosen, with `values` in its placeholders; numbers are written as the language does it, and `count` chooses the plural form.
 * To be called while a screen is made, never when a module is loaded: the language may not be known then, and can change.
 */
export function t<K extends Key>(key: K, ...[values]: Arguments<K>): string {
  const given: Readonly<Record<string, string | number>> = values ?? {}
  const { count } = given
  return say(language(), key, typeof count === 'number' ? count : undefined, written(given))
}

function written(values: Readonly<Record<string, string | number>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typeof value === 'number' ? formatNumber(value) : value]))
}
