import type { Language } from '@chatflow/shared/languages'
import { manifestFile } from '@chatflow/shared/page-files'
import { say } from './engine.ts'

/** Sets what the document itself says of its language: for screen readers, for those who keep the page, and for the device that installs it. */
export function speakPage(language: Language): void {
  document.documentElement.lang = language
  document.querySelector('meta[name="description"]')?.setAttribute('content', say(language, 'pages.description', undefined, {}))
  const manifest = document.querySelector('link[rel="manifest"]')
  // Setting it anew would have the browser fetch it anew.
  if (manifest !== null && manifest.getAttribute('href') !== manifestFile(language)) manifest.setAttribute('href', manifestFile(language))
}
