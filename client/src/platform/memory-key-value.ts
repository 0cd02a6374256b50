import type { KeyValue } from './platform.ts'

/** Small values in a map: for tests, and for pages without storage. */
export function mapKeyValue(values: Map<string, string>, durable: boolean): KeyValue {
  return {
    durable,
    get: (key) => values.get(key),
    set: (key, value) => void values.set(key, value),
    remove: (key) => void values.delete(key),
    keys: () => [...values.keys()],
  }
}
