import { useSyncExternalStore } from 'react'
import { makeEmojiSet, type EmojiSet } from './emoji-set.ts'

/** The data is a part of the app of its own, kept on the device with the rest of it: it is read when it is first needed. */
type State = EmojiSet | 'failed' | undefined

let state: State
let loading: Promise<void> | undefined
const listeners = new Set<() => void>()

/** Loads the data, once; tried again at the next call if it could not be had. Never rejects. */
export function loadEmoji(): Promise<void> {
  loading ??= read()
    .then((set) => {
      state = set
    })
    .catch(() => {
      state = 'failed'
      loading = undefined
    })
    .finally(() => listeners.forEach((listener) => listener()))
  return loading
}

/** Renders again when the data has come. `failed`: it is not on this device, and there is no network. */
export function useEmojiState(): State {
  return useSyncExternalStore(subscribe, () => state)
}

async function read(): Promise<EmojiSet> {
  const [data, shortcodes, messages] = await Promise.all([
    import('emojibase-data/en/compact.json'),
    import('emojibase-data/en/shortcodes/iamcal.json'),
    import('emojibase-data/en/messages.json'),
  ])
  return makeEmojiSet(data.default, shortcodes.default, messages.default)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
