import { t } from './translate.ts'
import type { Arguments, Key } from './words.ts'

/** A text with what is to be put into it, for state and answers of functions: it is said when it is shown, in the language of that moment. */
export interface Sentence {
  readonly key: Key
  readonly values: Readonly<Record<string, string | number>> | undefined
}

export function sentence<K extends Key>(key: K, ...[values]: Arguments<K>): Sentence {
  return { key, values }
}

export function said({ key, values }: Sentence): string {
  // Key and values were checked against each other when they were put together.
  return (t as (key: Key, values: Sentence['values']) => string)(key, values)
}
