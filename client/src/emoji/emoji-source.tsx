import type { CompletionSource } from '../composer/completions.ts'
import { inTone, type EmojiSet } from './emoji-set.ts'
import { loadEmoji } from './emoji-store.ts'
import { searchEmoji } from './search-emoji.ts'

const SHOWN = 8

/** Emoji after `:`, from two letters on. */
export function emojiSource(set: EmojiSet | undefined, tone: number): CompletionSource {
  return {
    name: 'composer.emoji',
    trigger: ':',
    query: /[\p{L}\p{N}_+-]{2,40}/u,
    warm: () => void loadEmoji(),
    find: (query) =>
      (set === undefined ? [] : searchEmoji(set, query, SHOWN)).map((emoji) => ({
        key: emoji.char,
        insert: inTone(emoji, tone),
        row: (
          <>
            <span className="completions-emoji">{inTone(emoji, tone)}</span>
            <span className="completions-name ellipsis">{emoji.name}</span>
            <span className="completions-more ellipsis">:{emoji.shortcodes[0]}:</span>
          </>
        ),
      })),
  }
}
