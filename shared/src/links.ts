import { LIMITS } from './limits.ts'

const ADDRESS = /(?<![\w<])https?:\/\/[^\s<>"'`]+/gi
/** Code, and what is to be seen only by whoever asks for it. */
const HIDDEN = /```[\s\S]*?(?:```|$)|`[^`\n]*`|\|\|[\s\S]*?\|\|/g

/**
 * The web addresses in a text that may get a preview: the first three, each once, as written but without the part behind `#`. Those in code, in spoilers
 * and in angle brackets (`<https://...>`, "no preview") are passed over, and those longer than 2 048 characters.
 */
export function previewLinks(text: string): string[] {
  const links = new Set<string>()
  if (!text.includes('://')) return []
  for (const [address] of text.replace(HIDDEN, ' ').matchAll(ADDRESS)) {
    const link = withoutTail(address).replace(/#.*$/, '')
    if (/^https?:\/\/[^/?]/i.test(link) && link.length <= LIMITS.previewUrl) links.add(link)
    if (links.size === LIMITS.previewsPerMessage) break
  }
  return [...links]
}

/** A sentence's punctuation after an address is not part of it; a closing bracket is, if it was opened inside. */
export function withoutTail(address: string): string {
  let open = 0
  for (const char of address) open += char === '(' ? 1 : char === ')' ? -1 : 0
  let end = address.length
  while (end > 0) {
    const last = address[end - 1] ?? ''
    const unopened = last === ')' && open < 0
    if (!/[.,;:!?*_~\]}]/.test(last) && !unopened) break
    if (last === ')') open++
    end--
  }
  return address.slice(0, end)
}
