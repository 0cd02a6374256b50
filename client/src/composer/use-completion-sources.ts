import { useMemo } from 'react'
import { useChatState } from '../app/chat-context.tsx'
import type { PersonView } from '../chat/views.ts'
import { emojiSource } from '../emoji/emoji-source.tsx'
import type { EmojiSet } from '../emoji/emoji-set.ts'
import type { CompletionSource } from './completions.ts'
import { peopleSource } from './people-source.tsx'
import { roomsSource } from './rooms-source.tsx'
import type { SlashPlace } from './slash/slash-commands.ts'
import { slashSource } from './slash/slash-source.tsx'

/** What the composer completes. A new kind of thing is one more source here. */
export function useCompletionSources(people: readonly PersonView[], everyone: boolean, emoji: EmojiSet | undefined, tone: number, slash: SlashPlace): readonly CompletionSource[] {
  const rooms = useChatState((state) => state.rooms)
  return useMemo(() => [peopleSource(people, everyone), roomsSource(rooms), emojiSource(emoji, tone), slashSource(slash)], [people, everyone, rooms, emoji, tone, slash])
}
