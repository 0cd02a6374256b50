import Button from '@mui/material/Button'
import { useEffect, useRef } from 'react'
import type { RefObject } from 'react'
import { useActions, useChatState } from '../app/chat-context.tsx'
import type { MessageView, ThreadView } from '../chat/views.ts'
import { t } from '../i18n/translate.ts'
import { place } from '../timeline/grouping.ts'
import { MessageRow } from '../timeline/MessageRow.tsx'

/** The beginning, and the answers that are here; what is not here is said. */
export function ThreadMessages({ thread, end }: { thread: ThreadView; end: RefObject<HTMLDivElement | null> }) {
  const { showOlderAnswers } = useActions()
  const online = useChatState((state) => state.connection.state === 'connected')
  const scroller = useRef<HTMLDivElement>(null)
  const { beginning, answers, pending, missing, hasOlder, loading } = thread
  const newest = pending.at(-1)?.id ?? answers.at(-1)?.id
  const seen = useRef<string>(undefined)
  useEffect(() => {
    const element = scroller.current
    if (element === null || newest === undefined) return
    // At first, and when something comes while the end is on the screen.
    const near = element.scrollHeight - element.scrollTop - element.clientHeight < 160
    if (seen.current === undefined || near) end.current?.scrollIntoView({ block: 'end' })
    seen.current = newest
  }, [newest, end])

  const all = [...answers, ...pending]
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard
    <div ref={scroller} className="thread" role="log" aria-label={t('thread.conversation')} aria-live="polite" tabIndex={0}>
      {beginning === undefined ? (
        <p className="thread-note">{t(online || loading ? 'thread.beginningComes' : 'thread.beginningNotHere')}</p>
      ) : (
        <Row message={beginning} above={undefined} />
      )}
      <p className="thread-count">{all.length + missing === 0 ? t('thread.noAnswers') : t('thread.answers', { count: all.length + missing })}</p>
      {hasOlder && online ? (
        <div className="thread-older">
          <Button size="small" variant="outlined" disabled={loading} onClick={showOlderAnswers}>
            {t('thread.showOlder')}
          </Button>
        </div>
      ) : (
        missing > 0 && <p className="thread-note">{online ? t('thread.olderCome') : t('thread.olderNotHere', { count: missing })}</p>
      )}
      {all.map((message, index) => (
        <Row key={message.id} message={message} above={all[index - 1]} />
      ))}
      <div ref={end} />
    </div>
  )
}

function Row({ message, above }: { message: MessageView; above: MessageView | undefined }) {
  return <MessageRow message={message} grouped={above !== undefined && place(message, above, false).grouped} highlighted={false} />
}
