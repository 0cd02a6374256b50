/** Characters (UTF-16 code units) that a notification shows of a message. */
const LONGEST = 240
/** What is looked at of a message for it: marks take room too. */
const LOOKED_AT = 2_000

const EMOTE = /^\/me[ \n]+(?=\S)/

/**
 * The beginning of a message as one line of plain text, for a notification: without the marks of Markdown, and without what is hidden in spoilers.
 * `author`: the name that stands before what "/me" says.
 */
export function excerptOf(text: string, author: string): string {
  const plain = text
    .slice(0, LOOKED_AT)
    .replace(EMOTE, () => `* ${author} `)
    .replace(/\|\|[\s\S]+?(?:\|\||$)/g, '…')
    .replace(/^```[\w+#.-]*$/gm, '')
    .replace(/^(?:> ?|#{1,6} )+/gm, '')
    .replace(/\[([^\]\n]+)\]\((?:https?:|mailto:)[^\s)]+\)/g, '$1')
    .replace(/(\*\*|~~|`)(?=\S)([^\n]*?\S)\1/g, '$2')
    .replace(/\s+/g, ' ')
    .trim()
  if (plain.length <= LONGEST) return plain
  const cut = plain.slice(0, LONGEST)
  // Not through the middle of a character, and between words where that costs little.
  const whole = /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut
  const space = whole.lastIndexOf(' ')
  return `${space > LONGEST - 40 ? whole.slice(0, space) : whole}…`
}
