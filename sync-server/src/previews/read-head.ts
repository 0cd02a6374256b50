import { LIMITS } from '@chatflow/shared/limits'
import { Parser } from 'htmlparser2'
import { decodeText } from './decode-text.ts'

/** What a page says of itself, as plain text. */
export interface PageFacts {
  title?: string
  description?: string
  site?: string
  /** Address of a picture, as it stands there. */
  image?: string
}

export interface HeadReader {
  /** Bytes as they come. False: nothing that follows is wanted. */
  take(chunk: Buffer): boolean
  facts(): PageFacts
}

/** Tags after which a head is taken to have ended: the work that nested or unclosed ones make grows with the square of their number. */
const MOST_TAGS = 1_000
/** Text is read in slices, and after each is looked whether more is wanted. */
const SLICE = 4_096

/** Names in `property` or `name` of a `meta`, the best first. */
const META = {
  title: ['og:title', 'twitter:title'],
  description: ['og:description', 'twitter:description', 'description'],
  site: ['og:site_name'],
  image: ['og:image:secure_url', 'og:image', 'og:image:url', 'twitter:image'],
} as const
const WANTED = new Set<string>(Object.values(META).flat())

/** Reads what a page says of itself, from its beginning to the end of its head. Nothing of it is ever markup: facts are text, whatever stands in them. */
export function readHead(contentType: string): HeadReader {
  const meta = new Map<string, string>()
  let title: string | undefined
  let inTitle = false
  let done = false
  let tags = 0
  const parser = new Parser({
    onopentag(name, attributes) {
      if (done) return
      tags += 1
      if (name === 'body' || tags > MOST_TAGS) done = true
      // Pictures in the page may have titles of their own; the first is the page's.
      else if (name === 'title' && title === undefined) {
        inTitle = true
        title = ''
      } else if (name === 'meta') {
        const key = (attributes['property'] ?? attributes['name'] ?? '').trim().toLowerCase()
        const content = attributes['content']
        if (WANTED.has(key) && content !== undefined && !meta.has(key)) meta.set(key, content.slice(0, LIMITS.previewUrl))
      }
    },
    ontext(text) {
      if (inTitle && !done && title !== undefined && title.length < LIMITS.previewUrl) title += text.slice(0, LIMITS.previewUrl)
    },
    onclosetag(name) {
      if (name === 'title') inTitle = false
      if (name === 'head') done = true
    },
  })
  const text = decodeText(contentType)
  let ended = false
  const read = (more: string): void => {
    for (let at = 0; at < more.length && !done; at += SLICE) parser.write(more.slice(at, at + SLICE))
  }
  return {
    take(chunk) {
      read(text.push(chunk))
      return !done
    },
    facts() {
      if (!ended) {
        read(text.end())
        parser.end()
      }
      ended = true
      const best = (names: readonly string[], most: number): string | undefined =>
        names.map((name) => plainText(meta.get(name) ?? '', most)).find((value) => value !== '')
      const found = {
        title: best(META.title, LIMITS.previewTitle) ?? plainText(title ?? '', LIMITS.previewTitle),
        description: best(META.description, LIMITS.previewDescription),
        site: best(META.site, LIMITS.previewSite),
        image: META.image.map((name) => meta.get(name)?.trim() ?? '').find((value) => value !== ''),
      }
      return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined && value !== ''))
    },
  }
}

/** One line that any database and any document can keep, without what turns the direction of the text around it. At most `most` UTF-16 code units. */
export function plainText(value: string, most: number): string {
  const line = value
    .slice(0, most * 4)
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .replace(/[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
    .toWellFormed()
    .trim()
  if (line.length <= most) return line
  const cut = line.slice(0, most - 1)
  // Not through the middle of a character.
  return `${cut.isWellFormed() ? cut : cut.slice(0, -1)}…`
}
