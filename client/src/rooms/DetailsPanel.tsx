import EditRounded from '@mui/icons-material/EditRounded'
import GroupRounded from '@mui/icons-material/GroupRounded'
import Button from '@mui/material/Button'
import { useState } from 'react'
import { navigate } from '../app/use-route.ts'
import type { RoomView } from '../chat/views.ts'
import { t } from '../i18n/translate.ts'
import { MessageText } from '../timeline/MessageText.tsx'
import { mayDo, useRoomUi } from '../timeline/room-ui.tsx'
import { ChoiceGroup } from '../ui/ChoiceGroup.tsx'
import { RoomDetailsDialog } from './RoomDetailsDialog.tsx'
import { RoomPanel } from './RoomPanel.tsx'
import type { PanelProps } from './RoomPanel.tsx'
import { RoomSign } from './RoomSign.tsx'
import { useRoomLevel } from './use-room-level.ts'
import './details-panel.css'

/** What kind of room it is, its whole topic, and what of it one wants to notice. */
export function DetailsPanel({ room, timeline }: PanelProps) {
  const ui = useRoomUi()
  const { level, choices, setLevel } = useRoomLevel(room)
  const [editing, setEditing] = useState(false)
  const dm = room.kind === 'dm'
  const mayEdit = mayDo(ui, 'room.update')
  return (
    <RoomPanel room={room.id} label={t(dm ? 'rooms.aboutConversation' : 'rooms.aboutRoom')} wide>
      <div className="details">
        <div className="details-name">
          <RoomSign room={room} size={36} />
          <div className="details-lines">
            <span className="details-title">
              <bdi>{room.name}</bdi>
            </span>
            <span className="text-2">{kindWords(room)}</span>
          </div>
        </div>
        {!dm && (
          <section aria-labelledby="details-topic">
            <h3 id="details-topic" className="details-heading">
              {t('rooms.topic')}
            </h3>
            {room.topic === '' ? <p className="text-2">{t('rooms.noTopic')}</p> : <MessageText text={room.topic} />}
            {mayEdit && (
              <Button className="details-button" size="small" variant="outlined" startIcon={<EditRounded />} onClick={() => setEditing(true)}>
                {t('rooms.editDetails')}
              </Button>
            )}
          </section>
        )}
        <section aria-labelledby="details-people">
          <h3 id="details-people" className="details-heading">
            {t('rooms.people')}
          </h3>
          <Button className="details-button" size="small" variant="outlined" startIcon={<GroupRounded />} onClick={() => navigate({ room: room.id, panel: 'members' }, { replace: true })}>
            {timeline === undefined ? t('rooms.allMembers') : t('rooms.seeAllMembers', { count: timeline.memberCount })}
          </Button>
        </section>
        <section aria-labelledby="details-level">
          <h3 id="details-level" className="details-heading">
            {t('rooms.noticed')}
          </h3>
          <ChoiceGroup label={t('rooms.noticedHere')} value={level} choices={choices} onChange={setLevel} />
        </section>
      </div>
      <RoomDetailsDialog room={room} open={editing} onClose={() => setEditing(false)} />
    </RoomPanel>
  )
}

function kindWords(room: RoomView): string {
  if (room.kind === 'dm') return room.with.length > 1 ? t('rooms.conversationOf', { people: room.with.length + 1 }) : `@${room.with[0]?.username ?? ''}`
  if (room.kind === 'private') return t(room.archived ? 'rooms.archivedPrivateRoom' : 'rooms.privateRoom')
  return t(room.archived ? 'rooms.archivedPublicRoom' : 'rooms.publicRoom')
}
