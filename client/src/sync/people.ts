import type { Person } from '@chatflow/shared/entry'
import type { Id } from '@chatflow/shared/ids'
import type { Clock, KeyValue } from '../platform/platform.ts'
import { KeptCache } from './kept-cache.ts'

/** People kept; beyond, those met first are forgotten first. */
const KEPT = 2_000
/** ms from a change to its being kept. */
const KEEP_AFTER = 1_000

/** Names of everyone met on this device, so that lists can be shown without their rooms, offline too. */
export class People {
  readonly #people = new Map<Id, Person>()
  readonly #cache: KeptCache
  /** Raised by each name learnt. */
  version = 0

  constructor(values: KeyValue, clock: Clock, key: string) {
    this.#cache = new KeptCache({ values, clock, key, after: KEEP_AFTER, content: () => this.#kept() })
    this.#cache.load((kept) => {
      for (const [id, username, displayName, avatar] of kept as [Id, string, string, string?][]) this.#people.set(id, personOf({ username, displayName, avatar }))
    })
  }

  get(id: Id): Person | undefined {
    return this.#people.get(id)
  }

  ids(): Id[] {
    return [...this.#people.keys()]
  }

  /** Answers whether something was new. */
  meet(id: Id, person: Person): boolean {
    const known = this.#people.get(id)
    if (known?.username === person.username && known.displayName === person.displayName && known.avatar === person.avatar) return false
    this.#people.set(id, personOf(person))
    this.version += 1
    this.#cache.changed()
    return true
  }

  /** Whose username or display name contains the query, in any case. */
  find(query: string, limit: number): (Person & { id: Id })[] {
    const wanted = query.trim().toLocaleLowerCase()
    const found: (Person & { id: Id })[] = []
    for (const [id, person] of this.#people) {
      if (found.length >= limit) break
      // Whose account is gone cannot be found, only remembered.
      if (person.username === '') continue
      if (person.username.toLowerCase().includes(wanted) || person.displayName.toLocaleLowerCase().includes(wanted)) found.push({ id, ...person })
    }
    return found
  }

  /** Nothing is kept by itself any more; `keep`: now, for the last time. */
  stop(keep: boolean): void {
    this.#cache.stop(keep)
  }

  #kept(): unknown {
    return [...this.#people].slice(-KEPT).map(([id, { username, displayName, avatar }]) => [id, username, displayName, ...(avatar === undefined ? [] : [avatar])])
  }
}

function personOf({ username, displayName, avatar }: { username: string; displayName: string; avatar?: string | undefined }): Person {
  return { username, displayName, ...(avatar === undefined ? {} : { avatar }) }
}
