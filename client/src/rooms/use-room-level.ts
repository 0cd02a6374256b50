import { useActions, useChatState } from '../app/chat-context.tsx'
import type { RoomView } from '../chat/views.ts'
import { SETTINGS } from '../chat/settings.ts'
import { roomLevels } from './level-words.ts'
import type { RoomLevel } from './level-words.ts'

/** What of a room the person wants to notice, the choices, and a way to change it: on all devices, offline too. */
export function useRoomLevel(room: RoomView): { level: RoomLevel; choices: ReturnType<typeof roomLevels>; setLevel(level: RoomLevel): void } {
  const { setSetting } = useActions()
  const forAll = useChatState((state) => state.preferences.notify)
  return {
    level: room.ownLevel ?? 'default',
    choices: roomLevels(forAll),
    setLevel: (level) => void setSetting(SETTINGS.level(room.id), level === 'default' ? null : level),
  }
}
