import PushPinOutlined from '@mui/icons-material/PushPinOutlined'
import { useEffect } from 'react'
import { useActions } from '../app/chat-context.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { plural } from '../ui/plural.ts'
import { mayDo, useRoomUi } from '../timeline/room-ui.tsx'
import { PinnedMessage } from './PinnedMessage.tsx'
import { RoomPanel } from './RoomPanel.tsx'
import type { PanelProps } from './RoomPanel.tsx'
import './pins-panel.css'

/** All pinned messages of the room; only the parts of the room that hold one are loaded. */
export function PinsPanel({ room, timeline }: PanelProps) {
  const ui = useRoomUi()
  const { alsoShow } = useActions()
  const pins = timeline?.pins ?? []
  const places = pins.map(({ seq }) => seq).join()
  useEffect(() => {
    alsoShow(places === '' ? [] : places.split(',').map(Number))
    return () => alsoShow([])
  }, [alsoShow, places])

  return (
    <RoomPanel room={room.id} label="Pinned messages" heading={pins.length === 0 ? 'Pinned messages' : plural(pins.length, 'pinned message')} wide>
      {pins.length === 0 ? (
        <EmptyState icon={<PushPinOutlined />} title="Nothing is pinned">
          {mayDo(ui, 'message.pin') ? 'Pin what everyone should find again: it is in the menu of each message.' : 'What the room’s moderators pin stands here.'}
        </EmptyState>
      ) : (
        <ul className="pins">
          {pins.map(({ id, seq }) => (
            <PinnedMessage key={id} id={id} seq={seq} message={timeline?.at(seq)} />
          ))}
        </ul>
      )}
    </RoomPanel>
  )
}
