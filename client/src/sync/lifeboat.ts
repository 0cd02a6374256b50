import { type Command, parseCommand } from '@chatflow/shared/command'
import type { Id } from '@chatflow/shared/ids'
import type { KeyValue } from '../platform/platform.ts'

export interface LifeboatOptions {
  values: KeyValue
  /** Prefix of what is kept. */
  scope: string
  newId: () => Id
}

/**
 * Takes commands that are on their way to the disk when the page goes away: the disk is asked by messages, which nobody may be there to send any more,
 * while these values are kept in one step. The next page brings them home.
 */
export class Lifeboat {
  readonly #values: KeyValue
  readonly #prefix: string
  /** Of this page: several may leave at the same time. */
  readonly #key: string

  constructor({ values, scope, newId }: LifeboatOptions) {
    this.#values = values
    this.#prefix = `${scope}:lifeboat:`
    this.#key = this.#prefix + newId()
  }

  /** Takes these, instead of what it had of this page. */
  take(commands: readonly Command[]): void {
    if (commands.length > 0) this.#values.set(this.#key, JSON.stringify(commands))
    else this.#values.remove(this.#key)
  }

  /** Commands that earlier pages have left behind, each with what is to be done once it is kept elsewhere. */
  stranded(): { commands: Command[]; landed(): void }[] {
    const keys = this.#values.keys().filter((key) => key.startsWith(this.#prefix))
    return keys.map((key) => ({ commands: readCommands(this.#values.get(key)), landed: () => this.#values.remove(key) }))
  }
}

/** Damaged ones are nobody's any more. */
function readCommands(kept: string | undefined): Command[] {
  try {
    const list: unknown = JSON.parse(kept ?? '[]')
    return (Array.isArray(list) ? list : []).flatMap((value: unknown) => {
      const parsed = parseCommand(value)
      return parsed.ok ? [parsed.command] : []
    })
  } catch {
    return []
  }
}
