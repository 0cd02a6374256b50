const SCHEMES = new Set(['http:', 'https:', 'mailto:'])
/** Characters of an address; more is no link that somebody typed. */
const LONGEST = 2_048

/** The address as it may stand behind a link: absolute, of a web page or a mailbox. Undefined for anything else, whoever wrote it. */
export function safeLink(address: unknown): string | undefined {
  if (typeof address !== 'string' || address.length > LONGEST) return undefined
  try {
    const url = new URL(address)
    return SCHEMES.has(url.protocol) ? url.href : undefined
  } catch {
    return undefined
  }
}

/** What was typed as an address, made whole: `example.org/a` is a page, `a@example.org` a mailbox. Undefined where it cannot be one. */
export function typedLink(typed: string): string | undefined {
  const text = typed.trim()
  if (text === '' || /\s/.test(text)) return undefined
  if (/^[a-z][a-z0-9+.-]*:/i.test(text) && !/^[^/?#]+:\d+(?:[/?#]|$)/.test(text)) return safeLink(text)
  if (/^[^@/]+@[^@/]+\.[^@/.]+$/.test(text)) return safeLink(`mailto:${text}`)
  return text.includes('.') || /^localhost\b/.test(text) ? safeLink(`https://${text}`) : undefined
}
