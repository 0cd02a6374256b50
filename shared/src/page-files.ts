import type { Language } from './languages.ts'

/** Paths of the client's page and of its web manifest in a language. English has the names that any static server looks for. */
export function pageFile(language: Language): string {
  return language === 'en' ? '/index.html' : `/index.${language}.html`
}

export function manifestFile(language: Language): string {
  return language === 'en' ? '/manifest.webmanifest' : `/manifest.${language}.webmanifest`
}
