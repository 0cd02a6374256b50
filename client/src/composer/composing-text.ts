import { LIMITS } from '@chatflow/shared/limits'

/** From here on the composer counts what is left. */
const COUNT_FROM = LIMITS.messageText - 1_000

/** Characters left, once it is worth saying; negative: too many. */
export function charactersLeft(text: string): number | undefined {
  return text.length < COUNT_FROM ? undefined : LIMITS.messageText - text.length
}

/** May this be sent? Blanks alone are no message. */
export function isSendable(text: string): boolean {
  return text.trim() !== '' && text.length <= LIMITS.messageText
}

/** The text of a message that could not be kept, put back before whatever has been typed since. */
export function giveBack(failed: string, typedSince: string): string {
  return typedSince === '' ? failed : `${failed}\n${typedSince}`
}

/** The `@name` being typed at the caret: where its name begins, and what of it is there. */
export function mentionAt(text: string, caret: number): { start: number; query: string } | undefined {
  const match = /(?:^|[^\w@.-])@([a-z0-9._-]{0,32})$/i.exec(text.slice(0, caret))
  if (match?.[1] === undefined) return undefined
  return { start: caret - match[1].length, query: match[1].toLowerCase() }
}
