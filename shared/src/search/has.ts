/** What `has:` asks for. `thread`: a message that has answers. */
export const HAS = ['link', 'code', 'reaction', 'file', 'pin', 'thread'] as const
export type Has = (typeof HAS)[number]

/** Other words that people try. */
const ALSO: Readonly<Record<string, Has>> = { links: 'link', url: 'link', reactions: 'reaction', files: 'file', pins: 'pin', pinned: 'pin', threads: 'thread', answers: 'thread', answer: 'thread', replies: 'thread' }

const LINK = /https?:\/\/[^\s/]/i
const CODE = /```|`[^`\n]+`/

/** What a word behind `has:` means; undefined: nothing. */
export function hasOf(value: string): Has | undefined {
  const word = value.toLowerCase()
  return HAS.find((name) => name === word) ?? (Object.hasOwn(ALSO, word) ? ALSO[word] : undefined)
}

/** What can be told of a message by its text alone. */
export function factsOf(text: string): { link: boolean; code: boolean } {
  return { link: LINK.test(text), code: CODE.test(text) }
}
