import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useEffectEvent, useRef } from 'react'
import { t } from '../i18n/translate.ts'
import type { EmojiPlace, EmojiRow } from './emoji-rows.ts'
import { inTone, type Emoji } from './emoji-set.ts'

interface Props {
  id: string
  rows: readonly EmojiRow[]
  columns: number
  place: EmojiPlace
  tone: number
  /** The place was reached by keys or pointer, so it is to be seen. */
  byKey: boolean
  onPick(emoji: Emoji): void
  onPoint(place: EmojiPlace): void
}

const HEADING_PX = 32

/** The grid, of which only what is on the screen is laid out. */
export function EmojiGrid({ id, rows, columns, place, tone, byKey, onPick, onPoint }: Props) {
  const scroller = useRef<HTMLDivElement>(null)
  const cell = matchMedia('(pointer: coarse)').matches ? 44 : 36
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (isHeading(rows[index]) ? HEADING_PX : cell),
    overscan: 4,
  })
  const reveal = useEffectEvent(() => {
    // The heading belongs to the first line of its group.
    if (byKey) virtualizer.scrollToIndex(isHeading(rows[place.row - 1]) ? place.row - 1 : place.row)
  })
  useEffect(() => reveal(), [place.row])
  useEffect(() => virtualizer.measure(), [virtualizer, rows.length])

  return (
    <div ref={scroller} id={id} className="emoji-scroller" role="grid" aria-label={t('emoji.emoji')} aria-rowcount={rows.length} aria-colcount={columns} tabIndex={-1}>
      <div className="emoji-rows" role="presentation" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start, size }) => {
          const row = rows[index]
          if (row === undefined) return null
          return (
            <div key={index} className="emoji-row" role="row" aria-rowindex={index + 1} style={{ top: start, height: size }}>
              {'heading' in row ? (
                <span className="emoji-heading" role="gridcell" aria-colspan={columns}>
                  {row.heading}
                </span>
              ) : (
                row.emoji.map((emoji, column) => (
                  // oxlint-disable-next-line jsx-a11y/interactive-supports-focus, jsx-a11y/click-events-have-key-events -- reached through aria-activedescendant
                  <span
                    key={emoji.char}
                    id={`${id}-${index}-${column}`}
                    role="gridcell"
                    className={place.row === index && place.column === column ? 'emoji-cell emoji-cell-on' : 'emoji-cell'}
                    aria-selected={place.row === index && place.column === column}
                    aria-label={emoji.name}
                    title={emoji.name}
                    onPointerDown={(event) => event.preventDefault()}
                    onPointerMove={() => (place.row !== index || place.column !== column) && onPoint({ row: index, column })}
                    onClick={() => onPick(emoji)}
                  >
                    {inTone(emoji, tone)}
                  </span>
                ))
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}

function isHeading(row: EmojiRow | undefined): boolean {
  return row !== undefined && 'heading' in row
}
