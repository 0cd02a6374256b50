import type { BrowserContext } from '@playwright/test'

/**
 * The marks around each text of a catalog in the pseudo language. Both are invisible, and Playwright leaves them out where it compares names and texts: whatever finds
 * things by their English names finds them in it as well.
 */
const BEGIN = '\u200b'
const END = '\u00ad'

/** Has the app speak a language whose texts are the English ones, each between marks: it takes the place of the German chunk of the build. */
export async function speakPseudo(context: BrowserContext, english: Readonly<Record<string, Readonly<Record<string, string>>>>): Promise<void> {
  await context.addInitScript(() => localStorage.setItem('chatflow.language', 'de'))
  const marked = Object.fromEntries(Object.entries(english).map(([area, texts]) => [area, Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, `${BEGIN}${text}${END}`]))]))
  await context.route(/\/assets\/catalog-[\w-]+\.js$/, (route) => route.fulfill({ contentType: 'text/javascript', body: `export const de = ${JSON.stringify(marked)}` }))
}

/** Texts and names on the screen with words outside of the marks, which no catalog knows. `known`: what people wrote; parts that `others` finds belong to nobody's language. */
export function unmarked({ known, others, begin, end }: { known: readonly string[]; others: string; begin: string; end: string }): string[] {
  // `data-title` is shown by a style: the heads of a table, in the cards of a phone.
  const READ = ['aria-label', 'title', 'placeholder', 'alt', 'label', 'data-title', 'data-placeholder', 'aria-description', 'aria-placeholder', 'aria-roledescription', 'aria-valuetext']
  const SKIPPED = 'script, style, textarea, [contenteditable], code, pre, .text, .emoji-scroller, svg title'
  const inner = new RegExp(`${begin}[^${begin}${end}]*${end}`, 'g')
  const foreign = new RegExp(others, 'giu')
  const found = new Set<string>()

  const check = (text: string): void => {
    let rest = text
    for (let before = ''; before !== rest; ) {
      before = rest
      rest = rest.replaceAll(inner, ' ')
    }
    rest = rest.replaceAll(foreign, ' ')
    for (const one of known) rest = rest.replaceAll(one, ' ')
    // A letter by itself is a key, or stands for a picture.
    if (/\p{L}{2}/u.test(rest.replaceAll(foreign, ' '))) found.add(text.trim().replaceAll(begin, '⟦').replaceAll(end, '⟧').slice(0, 120))
  }
  /** A text may begin before an element and end after it: the depth of marks goes through all that stands in one element. */
  const look = (element: Element, depth: number): void => {
    if (element.matches(SKIPPED) || !element.checkVisibility()) return
    for (const name of READ) check(element.getAttribute(name) ?? '')
    let level = depth
    for (const node of element.childNodes) {
      if (node instanceof Element) look(node, level)
      else if (node.nodeType === Node.TEXT_NODE) {
        const text = node.textContent ?? ''
        check(`${begin.repeat(level)}${text}${end.repeat(Math.max(0, level + balance(text)))}`)
        level = Math.max(0, level + balance(text))
      }
    }
  }
  const balance = (text: string): number => text.split(begin).length - text.split(end).length

  look(document.body, 0)
  check(document.title)
  check(document.querySelector('meta[name="description"]')?.getAttribute('content') ?? '')
  return [...found]
}

export const MARKS = { begin: BEGIN, end: END }
