/** Elements whose content is no text of the page. */
const HIDDEN = /<(style|script|title|template|noscript)\b[^>]*>[\s\S]*?<\/\1\s*>/gi
const TAG = /<[a-z](?:"[^"]*"|'[^']*'|[^'">])*>/gi

/**
 * What is pasted, before it is read: styles become plain data, so that the page's policy has nothing to refuse and what they say of words can still be
 * read (some editors mark bold words by style alone). Nothing of this is trusted: only what the schema knows is taken from it.
 */
export function plainHtml(html: string): string {
  return html.replace(HIDDEN, '').replace(TAG, (tag) => tag.replace(/([\s"'/])style\s*=/gi, '$1data-style='))
}
