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
