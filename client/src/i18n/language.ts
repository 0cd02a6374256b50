import type { Language } from '@chatflow/shared/languages'
import { addWords } from './engine.ts'
import { languageFor, localeFor, readLanguageChoice } from './languages.ts'
import type { LanguageChoice } from './languages.ts'
import { speakPage } from './page-language.ts'

/** Where the choice is kept for pages that nobody has signed in to yet, and for the first moments of the others. */
const STORAGE_KEY = 'chatflow.language'

/** Languages that are not part of the program itself; each is a chunk of its own, kept by the service worker like the rest. */
const LOADERS: Partial<Record<Language, () => Promise<object>>> = {
  de: () => import('./de/catalog.ts').then(({ de }) => de),
}

const loaded = new Set<Language>(['en'])
const listeners = new Set<() => void>()
let chosen: LanguageChoice = 'system'
let spoken: Language = 'en'
let locale = localeFor(spoken, wanted())

/** The language that the screen is in. Components use `useLanguage` where they must be made anew when it changes. */
export const language = (): Language => spoken

/** How dates, numbers and lists are written, as Intl takes it: "de-AT". */
export const formatLocale = (): string => locale

/** What the person chose, on this device or with the account. */
export const languageChoice = (): LanguageChoice => chosen

export function onLanguageChange(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Speaks the language that was chosen on this device; to be waited for before anything is shown, so that no other flashes up. */
export async function startLanguage(): Promise<void> {
  await chooseLanguage(stored() ?? 'system')
  addEventListener('languagechange', () => void chooseLanguage(chosen))
}

/** Changes the language of everything on the screen. One that cannot be loaded now is spoken from the next start on. */
export async function chooseLanguage(choice: LanguageChoice): Promise<void> {
  chosen = choice
  store(choice)
  const next = languageFor(choice, wanted())
  if (!loaded.has(next) && !(await load(next))) {
    // The page may have come in the language that is missing.
    speakPage(spoken)
    return notify()
  }
  // Chosen otherwise while it was loading.
  if (chosen !== choice) return
  spoken = next
  locale = localeFor(next, wanted())
  speakPage(next)
  notify()
}

async function load(next: Language): Promise<boolean> {
  try {
    const words = await LOADERS[next]?.()
    if (words === undefined) return false
    addWords(next, words)
    loaded.add(next)
    return true
  } catch {
    // Without a network, and not kept on this device yet.
    return false
  }
}

function notify(): void {
  for (const listener of listeners) listener()
}

function wanted(): readonly string[] {
  return navigator.languages
}

function stored(): LanguageChoice | undefined {
  try {
    return readLanguageChoice(localStorage.getItem(STORAGE_KEY))
  } catch {
    // Storage may be forbidden; the browser's language is then the best guess.
    return undefined
  }
}

function store(choice: LanguageChoice): void {
  try {
    if (choice === 'system') localStorage.removeItem(STORAGE_KEY)
    else localStorage.setItem(STORAGE_KEY, choice)
  } catch {
    // It holds for this visit then.
  }
}
