import { can } from '@chatflow/shared/permissions'
import CloudOffRounded from '@mui/icons-material/CloudOffRounded'
import { useEffect, useMemo, useRef, useState } from 'react'
import { t } from '../i18n/translate.ts'
import { mergePeople } from './people.ts'
import { useActions, useChatState, useMe } from '../app/chat-context.tsx'
import type { PanelName } from '../app/route.ts'
import { useKey } from '../app/use-key.ts'
import { navigate } from '../app/use-route.ts'
import type { MessageView, PersonView, RoomView, TimelineView } from '../chat/views.ts'
import { Composer } from '../composer/Composer.tsx'
import type { ComposerHandle } from '../composer/Composer.tsx'
import { editing, replyingTo } from '../composer/composing.ts'
import type { Composing } from '../composer/composing.ts'
import { JumpToDateDialog } from '../timeline/JumpToDateDialog.tsx'
import { ForwardDialog } from '../forward/ForwardDialog.tsx'
import { ReportDialog } from '../moderation/ReportDialog.tsx'
import { ScheduledHere } from '../scheduled/ScheduledHere.tsx'
import { Timeline } from '../timeline/Timeline.tsx'
import type { TimelineHandle } from '../timeline/Timeline.tsx'
import { TimelineSkeleton } from '../timeline/TimelineSkeleton.tsx'
import { TypingLine } from '../timeline/TypingLine.tsx'
import { lastOwnMessage } from '../timeline/last-own-message.ts'
import { RoomUiProvider } from '../timeline/room-ui.tsx'
import type { RoomUi } from '../timeline/room-ui.tsx'
import { PersonCard } from '../people/PersonCard.tsx'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { OnceAsked } from '../ui/OnceAsked.tsx'
import { EmptyRoom } from './EmptyRoom.tsx'
import { RoomHeader } from './RoomHeader.tsx'
import { ROOM_PANELS } from './room-panels.ts'
import { isUntouched } from './is-untouched.ts'
import { RoomRejection } from './RoomRejection.tsx'
import './room-page.css'

interface Props {
  room: RoomView
  timeline: TimelineView | undefined
  panel: PanelName | undefined
  /** What the panel is about. */
  item: string | undefined
  /** The address asks for this message. */
  at: number | undefined
}

const NO_DRAFT = { text: '' }
const ONE_COLUMN = '(max-width: 799px)'

/** One room: its header, its messages, where one writes, and the open panel. Mount it anew for each room. */
export function RoomPage({ room, timeline, panel, item, at }: Props) {
  const me = useMe()
  const { deleteMessage, markRead, markUnread } = useActions()
  const offline = useChatState((state) => state.connection.state === 'offline')
  const messages = useRef<TimelineHandle>(null)
  const composer = useRef<ComposerHandle>(null)
  const [composing, setComposing] = useState<Composing>()
  const [deleting, setDeleting] = useState<MessageView>()
  const [card, setCard] = useState<{ person: PersonView; anchor: HTMLElement }>()
  const [asksDate, setAsksDate] = useState<number>()
  const [forwarding, setForwarding] = useState<MessageView>()
  const [reporting, setReporting] = useState<MessageView>()
  const people = useMemo(() => mergePeople(timeline?.members ?? [], room.with), [timeline?.members, room.with])

  const ui = useMemo<RoomUi>(() => {
    const take = (next: Composing) => {
      if (composer.current?.mayTurn() !== false) setComposing(next)
    }
    return {
      room: { id: room.id, kind: room.kind, archived: room.archived, role: room.role },
      me: { id: me.id, role: me.role, username: me.username },
      people: new Map(people.map((person) => [person.username.toLowerCase(), person])),
      reply: (message) => take(replyingTo(message)),
      edit: (message) => take(editing(message)),
      askDelete: setDeleting,
      askReport: setReporting,
      askForward: setForwarding,
      markUnread: (message) => {
        if (message.seq === undefined) return
        messages.current?.holdRead()
        markUnread(room.id, message.seq)
      },
      showPerson: (person, anchor) => setCard({ person, anchor }),
      jumpTo: (seq) => {
        // On a phone a panel covers the timeline, which has to be shown first.
        if (matchMedia(ONE_COLUMN).matches) navigate({ room: room.id, at: seq }, { replace: true })
        else messages.current?.jumpTo(seq)
      },
      askDate: setAsksDate,
      takeBack: (text, to) => composer.current?.takeBack(text, to) === true,
    }
  }, [room.id, room.kind, room.archived, room.role, me.id, me.role, me.username, people, markUnread])

  const [amongResults] = useState(panel === 'search')
  useEffect(() => {
    // On a touch screen the keyboard would cover what one came to read; who goes through results stays among them.
    if (matchMedia('(hover: hover)').matches && !amongResults) composer.current?.focus()
  }, [amongResults])

  const loading = timeline === undefined || timeline.loading
  useEffect(() => {
    if (at === undefined || loading) return
    messages.current?.jumpTo(at)
    // Where the panel would cover the message it gives way.
    navigate({ room: room.id, panel: matchMedia(ONE_COLUMN).matches ? undefined : panel, item }, { replace: true })
  }, [at, loading, room.id, panel, item])

  useKey('notes', () => navigate({ room: room.id, panel: panel === 'notes' ? undefined : 'notes' }, { replace: panel !== undefined }))
  useKey('markRead', () => markRead(room.id, room.head))

  const empty = timeline !== undefined && isUntouched(timeline)
  const Panel = panel === undefined ? undefined : ROOM_PANELS[panel]
  return (
    <RoomUiProvider value={ui}>
      <div className="shell-room">
        <main className="room">
          <RoomHeader room={room} memberCount={timeline?.memberCount} pins={timeline?.pins.length ?? 0} panel={panel} />
          {room.rejection !== undefined && <RoomRejection rejection={room.rejection} />}
          {loading && offline ? (
            <EmptyState icon={<CloudOffRounded />} title={t('rooms.notHereTitle')}>
              {t('rooms.notHereText')}
            </EmptyState>
          ) : loading ? (
            <TimelineSkeleton />
          ) : empty ? (
            <EmptyRoom room={room} />
          ) : (
            <Timeline ref={messages} timeline={timeline} cursor={room.cursor} />
          )}
          <ScheduledHere room={room.id} />
          <TypingLine people={timeline?.typing ?? []} />
          {can({ id: me.id, role: me.role, roomRole: room.role }, 'message.send', { room }) ? (
            <Composer
              ref={composer}
              room={room.id}
              placeholder={room.kind === 'dm' ? t('rooms.writeTo', { name: room.name }) : t('rooms.writeInRoom', { room: room.name })}
              draft={timeline?.draft ?? NO_DRAFT}
              edit={timeline?.edit}
              people={people.filter((person) => person.id !== me.id)}
              composing={composing}
              onComposing={setComposing}
              onSent={() => messages.current?.toLatest()}
              onEditLast={() => {
                const message = timeline === undefined ? undefined : lastOwnMessage(timeline)
                if (message !== undefined) setComposing(editing(message))
              }}
              onPage={(screens) => messages.current?.page(screens)}
            />
          ) : (
            <p className="room-readonly">{t(room.archived ? 'rooms.archivedReadOnly' : 'rooms.readOnly')}</p>
          )}
        </main>
      </div>
      {Panel !== undefined && <Panel key={panel} room={room} timeline={timeline} item={item} />}
      <OnceAsked asked={deleting !== undefined}>
        <ConfirmDialog
          open={deleting !== undefined}
          title={deleting === undefined || deleting.mine ? t('rooms.deleteTitle') : t('rooms.deleteTitleOf', { author: deleting.author.displayName })}
          text={t(deleting?.mine === false ? 'rooms.deleteTextOf' : 'rooms.deleteText')}
          confirm={t('common.delete')}
          danger
          onClose={() => setDeleting(undefined)}
          onConfirm={() => (deleting === undefined ? Promise.resolve() : deleteMessage(room.id, deleting.id))}
        />
      </OnceAsked>
      <OnceAsked asked={card !== undefined}>
        <PersonCard person={card && (people.find(({ id }) => id === card.person.id) ?? card.person)} anchor={card?.anchor ?? null} onClose={() => setCard(undefined)} />
      </OnceAsked>
      <OnceAsked asked={asksDate !== undefined}>
        <JumpToDateDialog day={asksDate} onClose={() => setAsksDate(undefined)} onFound={(seq) => (seq === undefined ? messages.current?.toLatest() : ui.jumpTo(seq))} />
      </OnceAsked>
      <OnceAsked asked={forwarding !== undefined}>
        <ForwardDialog message={forwarding} onClose={() => setForwarding(undefined)} />
      </OnceAsked>
      <OnceAsked asked={reporting !== undefined}>
        <ReportDialog message={reporting} onClose={() => setReporting(undefined)} />
      </OnceAsked>
    </RoomUiProvider>
  )
}
