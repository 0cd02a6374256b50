import { memo } from 'react'
import { formatRoute } from '../app/route.ts'
import type { SearchHitView } from '../chat/views.ts'
import { useLanguage } from '../i18n/use-language.ts'
import { t } from '../i18n/translate.ts'
import { rich } from '../i18n/rich.ts'
import { formatClock, formatFull, formatShortDate } from '../ui/format-time.ts'
import { PersonAvatar } from '../ui/PersonAvatar.tsx'
import { Marked } from './Marked.tsx'

interface Props {
  hit: SearchHitView
  /** Name of its room; undefined where all results are of one room. */
  room: string | undefined
  followed: boolean
  onFollow(hit: SearchHitView): void
}

/** One result: who, where, when, and what of it was found; leads to the message. */
export const SearchHit = memo(function SearchHit({ hit, room, followed, onFollow }: Props) {
  useLanguage()
  const { author, at, seq, excerpt } = hit
  return (
    <li>
      <a
        className={followed ? 'search-hit search-hit-followed' : 'search-hit'}
        // What is not delivered stands at the end of its room.
        href={formatRoute(seq === undefined ? { room: hit.room } : { room: hit.room, at: seq, panel: 'search' })}
        data-hit={hit.id}
        aria-current={followed ? 'true' : undefined}
        onClick={() => onFollow(hit)}
      >
        <PersonAvatar id={author.id} name={author.displayName} avatar={author.avatar} size={32} />
        <span className="search-hit-lines">
          <span className="search-hit-head">
            <bdi className="search-hit-who ellipsis">{author.displayName}</bdi>
            {room !== undefined && <span className="text-3 ellipsis search-hit-room">{rich('search.inRoom', { room: <bdi>{room}</bdi> })}</span>}
            <time className="text-3 search-hit-time" dateTime={new Date(at).toISOString()} title={formatFull(at)}>
              {formatShortDate(at)}, {formatClock(at)}
            </time>
          </span>
          <span className="search-hit-text" dir="auto">
            {excerpt.text === '' ? t('search.onlyFiles') : <Marked excerpt={excerpt} />}
          </span>
          {seq === undefined && <span className="text-3">{t('search.notDelivered')}</span>}
        </span>
      </a>
    </li>
  )
})
