import type { Language } from '@chatflow/shared/languages'
import type { CompactEmoji, MessagesDataset } from 'emojibase'
import { useSyncExternalStore } from 'react'
import { language, onLanguageChange } from '../i18n/language.ts'
import { makeEmojiSet, type EmojiSet } from './emoji-set.ts'

/** The data is a part of the app of its own, kept on the device with the rest of it: it is read when it is first needed. */
type State = EmojiSet | 'failed' | undefined

let state: State
/** What was asked for last. */
let loading: { language: Language; done: Promise<void> } | undefined
const listeners = new Set<() => void>()

// With another language emoji have other names; those of the old one stay until they are here.
onLanguageChange(() => {
  if (loading !== undefined) void loadEmoji()
})

/** Loads the data in the language of the screen, once; tried again at the next call if it could not be had. Never rejects. */
export function loadEmoji(): Promise<void> {
  const wanted = language()
  if (loading?.language === wanted) return loading.done
  const done = NAMES[wanted]()
    .then(([data, messages]) => withShortcodes(data.default, messages.default))
    .then((set) => {
      if (loading?.done === done) state = set
    })
    .catch(() => {
      if (loading?.done !== done) return
      loading = undefined
      state ??= 'failed'
    })
    .finally(() => listeners.forEach((listener) => listener()))
  loading = { language: wanted, done }
  return done
}

/** Renders again when the data has come. `failed`: it is not on this device, and there is no network. */
export function useEmojiState(): State {
  return useSyncExternalStore(subscribe, () => state)
}

/** What emoji are called, and their groups. */
const NAMES: Record<Language, () => Promise<[{ default: CompactEmoji[] }, { default: MessagesDataset }]>> = {
  en: () => Promise.all([import('emojibase-data/en/compact.json'), import('emojibase-data/en/messages.json')]),
  de: () => Promise.all([import('emojibase-data/de/compact.json'), import('emojibase-data/de/messages.json')]),
}

/** Shortcodes are the same in all languages: they are what people write to each other. */
async function withShortcodes(data: readonly CompactEmoji[], messages: MessagesDataset): Promise<EmojiSet> {
  const shortcodes = await import('emojibase-data/en/shortcodes/iamcal.json')
  return makeEmojiSet(data, shortcodes.default, messages)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
