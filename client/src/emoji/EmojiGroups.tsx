import { t } from '../i18n/translate.ts'
import type { EmojiPlace, EmojiRow } from './emoji-rows.ts'

/** Leads to the beginning of each group of the grid. Each has its first emoji as its sign. */
export function EmojiGroups({ rows, onGroup }: { rows: readonly EmojiRow[]; onGroup(place: EmojiPlace): void }) {
  return (
    <div className="emoji-groups" role="group" aria-label={t('emoji.groups')}>
      {rows.map((row, index) => {
        const next = rows[index + 1]
        if (!('heading' in row) || next === undefined || !('emoji' in next)) return null
        return (
          <button key={row.heading} type="button" aria-label={row.heading} title={row.heading} onClick={() => onGroup({ row: index + 1, column: 0 })}>
            {next.emoji[0]?.char}
          </button>
        )
      })}
    </div>
  )
}
