import AlternateEmailRounded from '@mui/icons-material/AlternateEmailRounded'
import Button from '@mui/material/Button'
import type { Id } from '@chatflow/shared/ids'
import { useEffect, useState } from 'react'
import { useActions, useChatState } from '../app/chat-context.tsx'
import { t } from '../i18n/translate.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { MentionRow } from './MentionRow.tsx'
import { RoomPanel } from './RoomPanel.tsx'
import './mentions-panel.css'

/** So many more at a time: of these the text is read. */
const PAGE = 20

/** Everywhere one was mentioned, over all rooms. `room`: the one that it is beside, if any. */
export function MentionsPanel({ room: beside }: { room: Id | undefined }) {
  const { readMentions } = useActions()
  const { mentions, rooms } = useChatState((state) => ({ mentions: state.mentions, rooms: state.rooms }))
  const [shown, setShown] = useState(PAGE)
  useEffect(() => {
    readMentions(shown)
    return () => readMentions(0)
  }, [readMentions, shown])
  const nameOf = new Map(rooms.map((room) => [room.id, room.kind === 'dm' ? t('rooms.inDirect') : room.name]))
  const listed = mentions.filter((mention) => nameOf.has(mention.room))
  return (
    <RoomPanel room={beside} label={t('rooms.mentions')} wide>
      {listed.length === 0 ? (
        <EmptyState icon={<AlternateEmailRounded />} title={t('rooms.noMentions')}>
          {t('rooms.noMentionsText')}
        </EmptyState>
      ) : (
        <div className="mentions-list">
          <ul>
            {listed.slice(0, shown).map((mention) => (
              <MentionRow key={mention.id} mention={mention} room={nameOf.get(mention.room) ?? ''} />
            ))}
          </ul>
          {listed.length > shown && (
            <Button fullWidth variant="outlined" onClick={() => setShown(shown + PAGE)}>
              {t('rooms.showOlder')}
            </Button>
          )}
        </div>
      )}
    </RoomPanel>
  )
}
