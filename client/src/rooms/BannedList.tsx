import type { BansPage } from '@chatflow/shared/api/moderation'
import type { Id } from '@chatflow/shared/ids'
import Button from '@mui/material/Button'
import { useEffect, useState } from 'react'
import { useActions, useChatState, useServer } from '../app/chat-context.tsx'
import { t } from '../i18n/translate.ts'
import { shownName } from '../people/shown-name.ts'
import { PersonAvatar } from '../ui/PersonAvatar.tsx'

/** Someone who is kept out of the room, as far as the list shows it. */
export interface BannedView {
  user: { id: Id; username: string; displayName: string }
  reason?: string | undefined
}

const LISTED = 100

/** Who is banned from the room, for those who may lift it. `fresh`: banned from this panel, perhaps not on the server yet. */
export function BannedList({ room, fresh }: { room: Id; fresh: readonly BannedView[] }) {
  const server = useServer()
  const { unbanMember } = useActions()
  const online = useChatState((state) => state.connection.state === 'connected')
  const [stored, setStored] = useState<readonly BannedView[]>([])
  /** Bans that were lifted here: one of the server's list goes by its person, because the list may come once more before the server knows of it. */
  const [lifted, setLifted] = useState<ReadonlySet<BannedView | Id>>(new Set())

  useEffect(() => {
    let stale = false
    void server.call<BansPage>('GET', `/api/rooms/${room}/bans?limit=${LISTED}`).then((answer) => {
      if (!stale && answer.ok) setStored(answer.value.bans)
    })
    return () => {
      stale = true
    }
  }, [server, room, online])

  const unknown = stored.filter(({ user }) => !lifted.has(user.id) && !fresh.some((ban) => user.id === ban.user.id))
  const list = [...fresh.filter((ban) => !lifted.has(ban)), ...unknown]
  if (list.length === 0) return null
  return (
    <section className="banned" aria-labelledby="banned-title">
      <h3 id="banned-title" className="banned-title">
        {t('rooms.banned')}
      </h3>
      <ul className="banned-list">
        {list.map((ban) => (
          <li key={ban.user.id} className="member">
            <PersonAvatar id={ban.user.id} name={shownName(ban.user)} size={32} />
            <div className="member-lines">
              <span className="member-name ellipsis">{shownName(ban.user)}</span>
              {ban.reason !== undefined && (
                <span className="text-3 ellipsis" title={ban.reason}>
                  {ban.reason}
                </span>
              )}
            </div>
            <Button
              size="small"
              variant="outlined"
              aria-label={t('rooms.liftBanOf', { name: shownName(ban.user) })}
              onClick={() => void unbanMember(room, ban.user.id).then(() => setLifted((before) => new Set([...before, ban, ban.user.id])))}
            >
              {t('rooms.liftBan')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
