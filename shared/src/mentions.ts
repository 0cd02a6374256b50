import { LIMITS } from './limits.ts'

/** Usernames: 2 to 32 of letters, digits, dot, dash, underscore; beginning and ending with a letter or digit. */
export const USERNAME = /^[a-z0-9](?:[a-z0-9._-]{0,30}[a-z0-9])$/i

const MENTION = /(?<![\w@.-])@([a-z0-9](?:[a-z0-9._-]{0,30}[a-z0-9]))/gi
const CODE = /```[\s\S]*?(?:```|$)|`[^`\n]*`/g

const EVERYONE = /(?<![\w@.-])@room(?![\w@.-]*[\w@-])/i

/** Does the text mention everyone in the room, by `@room` outside of code? */
export function mentionsRoom(text: string): boolean {
  return EVERYONE.test(text.replace(CODE, ' '))
}

/** The usernames mentioned in a text, lower case, each once, in order; code is passed over. */
export function mentionedUsernames(text: string): string[] {
  const names = new Set<string>()
  for (const match of text.replace(CODE, ' ').matchAll(MENTION)) {
    if (match[1] !== undefined) names.add(match[1].toLowerCase())
    if (names.size === LIMITS.mentionsPerMessage) break
  }
  return [...names]
}
