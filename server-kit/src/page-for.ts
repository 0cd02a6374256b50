import { languageAmong } from '@chatflow/shared/languages'
import { pageFile } from '@chatflow/shared/page-files'
import { acceptedLanguages } from './accepted-languages.ts'

/** The client's page in the first language of `Accept-Language` that there is. It has no address of its own: what is chosen within the app is for the app to say. */
export function pageFor(acceptLanguage: string | undefined): string {
  return pageFile(languageAmong(acceptedLanguages(acceptLanguage)) ?? 'en')
}
