import { useActions, useChatState } from '../app/chat-context.tsx'
import { SETTINGS } from '../chat/settings.ts'

/** Emoji remembered as used last. */
const REMEMBERED = 24

/** The person's skin tone and the emoji used last, the same on all devices. */
export function useOwnEmoji() {
  const { tone, recent } = useChatState(({ preferences }) => ({ tone: preferences.skinTone, recent: preferences.recentEmoji }))
  const { setSetting } = useActions()
  return {
    /** 0 neutral, 1 to 5 from light to dark. */
    tone,
    recent,
    setTone: (next: number) => void setSetting(SETTINGS.skinTone, next),
    used: (char: string) => {
      // Several of the first line keep their places: where one's hand finds them.
      if (recent.indexOf(char) !== -1 && recent.indexOf(char) < 8) return
      void setSetting(SETTINGS.recentEmoji, [char, ...recent.filter((other) => other !== char)].slice(0, REMEMBERED))
    },
  }
}
