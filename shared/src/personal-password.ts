/** Always known: the product's own name. */
const PRODUCT = 'chatflow'
/** Shorter parts of names and addresses say nothing. */
const SHORTEST_WORD = 3
/** So many different characters a password must have besides what others know. */
const OWN_CHARACTERS = 6
/** What people write for letters. */
const LOOKALIKES: Record<string, string> = { '0': 'o', '1': 'i', l: 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '@': 'a', $: 's', '!': 'i' }

/**
 * True if a password is little more than words that others know of its person and place, whatever their case, with look-alikes for letters, and in any order.
 * `about`: names, mail address, host; whole texts, their words are found here. The product's name counts always (docs/decisions/passwords.md).
 */
export function isPersonalPassword(password: string, about: readonly string[]): boolean {
  const whole = fold(password)
  let left = whole
  // Longer ones first: "miraholm" is not to leave "holm" behind for "mira".
  for (const word of wordsOf([PRODUCT, ...about])) left = left.replaceAll(word, '')
  return left !== whole && new Set(left).size < OWN_CHARACTERS
}

function wordsOf(texts: readonly string[]): string[] {
  const words = texts.flatMap((text) => {
    const parts = text.split(/[^\p{L}\p{N}]+/u)
    return [text.trim(), parts.join(''), ...parts].map(fold)
  })
  return [...new Set(words)].filter((word) => word.length >= SHORTEST_WORD).sort((a, b) => b.length - a.length)
}

function fold(text: string): string {
  return text.normalize('NFC').toLowerCase().replaceAll(/[01345l7@$!]/g, (sign) => LOOKALIKES[sign] ?? sign)
}
