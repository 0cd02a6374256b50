import { useState } from 'react'
import { useChatState } from '../../app/chat-context.tsx'
import type { RoomView } from '../../chat/views.ts'
import { t } from '../../i18n/translate.ts'
import { RoomSign } from '../../rooms/RoomSign.tsx'
import { useRoomLevel } from '../../rooms/use-room-level.ts'
import { Choice } from '../../ui/Choice.tsx'
import './own-levels.css'

/** Rooms with a level of their own. One that loses it stays on the page until it is left, so that it can be changed back. */
export function OwnLevels() {
  const rooms = useChatState((state) => state.rooms)
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set())
  const listed = rooms.filter((room) => room.ownLevel !== undefined || touched.has(room.id)).sort((a, b) => a.name.localeCompare(b.name))
  return (
    <section className="setting-group">
      <h3 className="setting-title">{t('settings.ownLevels')}</h3>
      {listed.length === 0 ? (
        <p className="text-2">{t('settings.noOwnLevels')}</p>
      ) : (
        <ul className="own-levels">
          {listed.map((room) => (
            <OwnLevel key={room.id} room={room} onTouched={() => setTouched((before) => new Set([...before, room.id]))} />
          ))}
        </ul>
      )}
    </section>
  )
}

function OwnLevel({ room, onTouched }: { room: RoomView; onTouched(): void }) {
  const { level, choices, setLevel } = useRoomLevel(room)
  return (
    <li className="own-level">
      <RoomSign room={room} size={24} />
      <span className="own-level-name ellipsis">
        <bdi>{room.name}</bdi>
      </span>
      <Choice
        label={t('settings.notificationsOf', { room: room.name })}
        value={level}
        options={choices}
        onChange={(next) => {
          onTouched()
          setLevel(next)
        }}
      />
    </li>
  )
}
