import { useChatState } from '../app/chat-context.tsx'
import type { EmojiSet } from '../emoji/emoji-set.ts'
import { loadEmoji, useEmojiState } from '../emoji/emoji-store.ts'
import { replaceEnded, replaceShortcodes } from '../emoji/shortcodes.ts'

export interface EmojiTyping {
  set: EmojiSet | undefined
  tone: number
  /** What has just been typed: with the emoji in the place of a shortcode that ends at the caret, if one does. */
  typed(before: string, text: string, caret: number): { text: string; caret: number } | undefined
  /** The text as it is sent. */
  finish(text: string): string
}

/** Shortcodes of the composer become emoji. A text without a colon needs none of it. */
export function useEmojiTyping(): EmojiTyping {
  const state = useEmojiState()
  const tone = useChatState(({ preferences }) => preferences.skinTone)
  const set = typeof state === 'object' ? state : undefined
  return {
    set,
    tone,
    typed: (before, next, caret) => {
      if (set === undefined && next.includes(':')) void loadEmoji()
      // Only at the colon itself: what is pasted or taken back stays as it is until it is sent.
      return set === undefined || next.length !== before.length + 1 || next[caret - 1] !== ':' ? undefined : replaceEnded(next, caret, set, tone)
    },
    finish: (whole) => (set === undefined ? whole : replaceShortcodes(whole, set, tone)),
  }
}
