import type { Page } from '@playwright/test'
import { MARKER } from './corpus.ts'

/** Attributes in which a person's words may stand, because nothing reads them as anything but words. */
const WORDS = ['aria-label', 'aria-placeholder', 'aria-description', 'aria-valuetext', 'title', 'alt', 'placeholder', 'value']

/**
 * Goes over everything that the page is made of and answers what should not be there: elements that only markup could have made, handlers in
 * attributes, addresses with another scheme than those of links, and words of the corpus in any attribute that is not for words.
 */
export function inspect(page: Page): Promise<string[]> {
  return page.evaluate(
    ({ marker, words }) => {
      const findings: string[] = []
      const forbidden = new Set(['iframe', 'frame', 'frameset', 'object', 'embed', 'applet', 'base', 'portal', 'fencedframe', 'math', 'marquee', 'template', 'foreignobject', 'animate', 'set', 'use', 'video', 'audio', 'source', 'track', 'form-associated', 'plaintext', 'xmp', 'noembed', 'keygen', 'isindex', 'bgsound', 'slot', 'listing', 'image'])
      const addresses = new Set(['href', 'src', 'action', 'formaction', 'xlink:href', 'data', 'poster', 'background', 'srcset', 'ping', 'srcdoc', 'cite', 'longdesc', 'manifest'])
      const visit = (root: ParentNode): void => {
        for (const element of root.querySelectorAll('*')) {
          const name = element.localName
          const where = `<${name} class="${element.getAttribute('class') ?? ''}">`
          if (forbidden.has(name) || name.includes('-') || name.includes(marker)) findings.push(`${where} is there`)
          if (name === 'script' && !(element as HTMLScriptElement).src.startsWith(`${location.origin}/`)) findings.push(`${where} ${element.textContent}`)
          if (name === 'style' && element.textContent?.includes(marker)) findings.push(`${where} ${element.textContent}`)
          for (const { name: attribute, value } of element.attributes) {
            const shown = `${where} ${attribute}=${value.slice(0, 120)}`
            if (/^on/i.test(attribute)) findings.push(shown)
            if (addresses.has(attribute)) {
              const link = name === 'a' && attribute === 'href'
              const address = URL.parse(value, location.href)
              if (address === null) {
                findings.push(`${shown} is no address`)
                continue
              }
              const { protocol, origin } = address
              const allowed = link ? ['http:', 'https:', 'mailto:'].includes(protocol) : origin === location.origin || (name === 'img' && ['blob:', 'data:'].includes(protocol) && !value.includes('svg')) || (element.matches('head > link[rel=icon]') && value.startsWith('data:image/png;base64,'))
              if (!allowed) findings.push(shown)
              if (link && origin !== location.origin && !/\bnoopener\b/.test(element.getAttribute('rel') ?? '')) findings.push(`${shown} without noopener`)
            } else if ((attribute.includes(marker) || value.includes(marker)) && !words.includes(attribute)) findings.push(shown)
          }
          if (element.shadowRoot) visit(element.shadowRoot)
        }
      }
      visit(document)
      return findings
    },
    { marker: MARKER, words: WORDS },
  )
}

/** What a page did that it should not have: calls of the corpus, questions, requests to its hosts, and anything that its policy had to stop. */
export class Watch {
  readonly findings: string[] = []

  static async over(page: Page): Promise<Watch> {
    const watch = new Watch()
    const found = (what: string): void => void watch.findings.push(what)
    await page.context().exposeFunction('__xss', (n: unknown) => found(`string ${String(n)} ran`))
    page.context().on('request', (request) => request.url().includes(`${MARKER}`) && !request.url().startsWith('http://localhost') && found(`asked for ${request.url()}`))
    page.on('dialog', (dialog) => {
      found(`asked: ${dialog.message()}`)
      void dialog.dismiss()
    })
    page.on('popup', (popup) => found(`opened ${popup.url()}`))
    page.on('pageerror', (error) => found(`threw ${error.message}`))
    page.on('console', (message) => /Content Security Policy|Trusted Type|The action has been blocked|unique "key"|Invalid DOM|Warning:/.test(message.text()) && found(message.text()))
    return watch
  }
}
