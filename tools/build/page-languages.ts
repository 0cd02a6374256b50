import { pages as de } from '@chatflow/client/i18n/de/pages'
import { pages as en } from '@chatflow/client/i18n/en/pages'
import { LANGUAGES, type Language } from '@chatflow/shared/languages'
import { manifestFile, pageFile } from '@chatflow/shared/page-files'
import type { Plugin } from 'vite'

/** What stands in the page before any script runs, and in the manifest that a device installs the app by. */
const WORDS: Record<Language, { description: string; noScript: string }> = { en, de }

/**
 * Makes the page and the web manifest once for each language, from the catalogs. English keeps the usual names; the server chooses among the pages by `Accept-Language`
 * (standalone/src/client-files.ts), the service worker by the language of the app. Where nothing chooses (the dev server, another static server) the app sets right what can be set at its start.
 */
export function pageLanguages(manifest: Readonly<Record<string, unknown>>): Plugin {
  const manifestIn = (language: Language): string => JSON.stringify({ ...manifest, lang: language, dir: 'ltr', description: WORDS[language].description, description_localized: othersThan(language) })
  return {
    name: 'chatflow-page-languages',
    enforce: 'post',
    transformIndexHtml: { order: 'pre', handler: (html, { server }) => (server === undefined ? html : pageIn('en', html)) },
    configureServer: ({ middlewares }) => {
      middlewares.use((request, response, next) => {
        const language = LANGUAGES.find((one) => manifestFile(one) === request.url)
        if (language === undefined) return next()
        response.setHeader('content-type', 'application/manifest+json')
        response.end(manifestIn(language))
      })
    },
    generateBundle(_options, bundle) {
      const page = bundle['index.html']
      if (page?.type !== 'asset') throw new Error('the build has no index.html')
      const html = String(page.source)
      for (const language of LANGUAGES) {
        this.emitFile({ type: 'asset', fileName: manifestFile(language).slice(1), source: manifestIn(language) })
        if (language === 'en') page.source = pageIn('en', html)
        else this.emitFile({ type: 'asset', fileName: pageFile(language).slice(1), source: pageIn(language, html) })
      }
    },
  }
}

/** By the standard a device that speaks another of the languages takes these; few do yet. */
function othersThan(language: Language): Record<string, string> {
  return Object.fromEntries(LANGUAGES.filter((other) => other !== language).map((other) => [other, WORDS[other].description]))
}

/** The page with its words in place of their names. Throws for a name that there is not. */
function pageIn(language: Language, html: string): string {
  const values: Record<string, string> = { lang: language, manifest: manifestFile(language), ...WORDS[language] }
  return html.replaceAll(/\{\{(\w+)\}\}/g, (_all, name: string) => {
    const value = values[name]
    if (value === undefined) throw new Error(`index.html asks for "${name}", which no language has`)
    return value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
  })
}
