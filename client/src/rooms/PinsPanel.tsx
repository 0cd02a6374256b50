import PushPinOutlined from '@mui/icons-material/PushPinOutlined'
import { useEffect } from 'react'
import { useActions } from '../app/chat-context.tsx'
import { t } from '../i18n/translate.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
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
    <RoomPanel room={room.id} label={t('rooms.pins')} heading={pins.length === 0 ? t('rooms.pins') : t('rooms.pinsCount', { count: pins.length })} wide>
      {pins.length === 0 ? (
        <EmptyState icon={<PushPinOutlined />} title={t('rooms.noPins')}>
          {t(mayDo(ui, 'message.pin') ? 'rooms.noPinsMay' : 'rooms.noPinsMayNot')}
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
