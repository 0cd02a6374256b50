import { useMemo, useRef, useState } from 'react'
import type { MemberView, RoomView, ThreadView } from '../chat/views.ts'
import { Composer } from '../composer/Composer.tsx'
import type { ComposerHandle } from '../composer/Composer.tsx'
import { editing, replyingTo, type Composing } from '../composer/composing.ts'
import { t } from '../i18n/translate.ts'
import { mergePeople } from '../rooms/people.ts'
import { mayDo, RoomUiProvider, useRoomUi } from '../timeline/room-ui.tsx'
import type { RoomUi } from '../timeline/room-ui.tsx'
import { ThreadMessages } from './ThreadMessages.tsx'

/** The conversation's own little room: what is answered or changed in it belongs to its own composer. */
export function ThreadRoom({ room, thread, members }: { room: RoomView; thread: ThreadView; members: readonly MemberView[] }) {
  const around = useRoomUi()
  const composer = useRef<ComposerHandle>(null)
  const end = useRef<HTMLDivElement>(null)
  const [composing, setComposing] = useState<Composing>()
  const { root } = thread
  const ui = useMemo<RoomUi>(() => {
    const take = (next: Composing) => {
      if (composer.current?.mayTurn() !== false) setComposing(next)
    }
    return {
      ...around,
      thread: root,
      reply: (message) => {
        // The beginning is what one answers here anyway.
        if (message.id !== root) take(replyingTo(message))
        else composer.current?.focus()
      },
      edit: (message) => take(editing(message)),
      takeBack: (text, to) => composer.current?.takeBack(text, to) === true,
    }
  }, [around, root])
  const people = mergePeople(members, room.with).filter((person) => person.id !== around.me.id)
  const own = [...thread.answers, ...thread.pending].findLast((message) => message.mine && !message.deleted && message.delivery !== 'rejected')

  return (
    <RoomUiProvider value={ui}>
      <ThreadMessages thread={thread} end={end} />
      {mayDo(around, 'message.send') && (
        <Composer
          ref={composer}
          room={room.id}
          thread={root}
          placeholder={t('thread.answerHere')}
          draft={thread.draft}
          edit={thread.edit}
          people={people}
          composing={composing}
          onComposing={setComposing}
          onSent={() => requestAnimationFrame(() => end.current?.scrollIntoView({ block: 'end' }))}
          onEditLast={() => own !== undefined && setComposing(editing(own))}
          onPage={(screens) => end.current?.parentElement?.scrollBy({ top: screens * (end.current.parentElement.clientHeight ?? 0) })}
        />
      )}
    </RoomUiProvider>
  )
}
