import type { SearchSort } from '@chatflow/shared/api/search'
import type { RoomView } from '../chat/views.ts'
import { t } from '../i18n/translate.ts'

interface Props {
  /** The room that is searched; undefined: all. */
  scope: RoomView | undefined
  /** The one on the screen. */
  open: RoomView | undefined
  /** The text names rooms itself. */
  named: boolean
  sort: SearchSort
  onScope(room: RoomView | undefined): void
  onSort(sort: SearchSort): void
}

/** Where is searched, and in which order results come. */
export function SearchFilters({ scope, open, named, sort, onScope, onSort }: Props) {
  const room = scope ?? open
  return (
    <div className="search-filters">
      {room !== undefined && !named && (
        <div className="search-chips" role="group" aria-label={t('search.where')}>
          <Chip on={scope !== undefined} onClick={() => onScope(room)}>
            {t('search.inThis', { room: room.name })}
          </Chip>
          <Chip on={scope === undefined} onClick={() => onScope(undefined)}>
            {t('search.everywhere')}
          </Chip>
        </div>
      )}
      <div className="search-chips search-sort" role="group" aria-label={t('search.order')}>
        <Chip on={sort === 'best'} onClick={() => onSort('best')}>
          {t('search.best')}
        </Chip>
        <Chip on={sort === 'new'} onClick={() => onSort('new')}>
          {t('search.newest')}
        </Chip>
      </div>
    </div>
  )
}

function Chip({ on, onClick, children }: { on: boolean; onClick(): void; children: string }) {
  return (
    <button type="button" className="search-chip ellipsis" aria-pressed={on} onClick={onClick}>
      {children}
    </button>
  )
}
