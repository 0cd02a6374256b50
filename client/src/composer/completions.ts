import type { ReactNode } from 'react'
import type { PlainKey } from '../i18n/words.ts'

/** One thing that can stand where a name is being typed. */
export interface Completion {
  /** Unique in its source. */
  key: string
  /** Takes the place of everything from the trigger to the caret; a space follows it. */
  insert: string
  /** What the list shows of it. */
  row: ReactNode
}

/** A kind of thing that is completed while it is typed: people after `@`, rooms after `#`, emoji after `:`. */
export interface CompletionSource {
  /** Key of what names the list: "People". */
  name: PlainKey
  /** What begins it. */
  trigger: string
  /** Where that counts: at the beginning of any word, unless said otherwise, or only at the very beginning of the text. */
  place?: 'word' | 'text'
  /** What may follow the trigger, up to the caret: the query. Matched as a whole. */
  query: RegExp
  /** The best first; empty: there is nothing to complete. Called at each rendering: cheap. */
  find(query: string): readonly Completion[]
  /** The trigger and a fitting query stand before the caret: what `find` needs may be loaded now. */
  warm?(): void
}

/** What is being completed at the caret: by which source, from where on, and what of it has been typed. */
export interface CompletionPlace {
  source: CompletionSource
  /** Index of the trigger. */
  start: number
  query: string
}

/** How far before the caret a trigger is looked for. */
const REACH = 64
const WORD_END = /[\p{L}\p{N}_@.-]$/u

/** The first source whose trigger stands before the caret with a fitting query after it. */
export function completionAt(sources: readonly CompletionSource[], text: string, caret: number): CompletionPlace | undefined {
  for (const source of sources) {
    const start = text.lastIndexOf(source.trigger, caret - source.trigger.length)
    if (start < 0 || start + source.trigger.length > caret || caret - start > REACH) continue
    if (start > 0 && (source.place === 'text' || WORD_END.test(text.slice(Math.max(0, start - 2), start)))) continue
    const query = text.slice(start + source.trigger.length, caret)
    if (new RegExp(`^(?:${source.query.source})$`, source.query.flags).test(query)) return { source, start, query }
  }
  return undefined
}

/** The text with the completion in its place, and where the caret stands then. */
export function complete(text: string, caret: number, place: CompletionPlace, { insert }: Completion): { text: string; caret: number } {
  const after = text.slice(caret)
  const before = text.slice(0, place.start) + insert
  return { text: `${before}${after.startsWith(' ') ? '' : ' '}${after}`, caret: before.length + 1 }
}
