import { useEffect, useId, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { t } from '../i18n/translate.ts'
import { EmojiGrid } from './EmojiGrid.tsx'
import { EmojiGroups } from './EmojiGroups.tsx'
import { SkinTone } from './SkinTone.tsx'
import { emojiAt, emojiRows, firstPlace, step } from './emoji-rows.ts'
import type { EmojiPlace } from './emoji-rows.ts'
import { inTone } from './emoji-set.ts'
import { loadEmoji, useEmojiState } from './emoji-store.ts'
import { useOwnEmoji } from './use-own-emoji.ts'

/** A field to find emoji with, and the grid under it. The focus stays in the field; the arrow keys walk in the grid, Enter takes. */
export function EmojiChooser({ columns, onPick }: { columns: number; onPick(emoji: string): void }) {
  const gridId = useId()
  const state = useEmojiState()
  const { tone, recent, setTone } = useOwnEmoji()
  // While it is open, what is taken does not move the others.
  const [shown] = useState(recent)
  const [query, setQuery] = useState('')
  const [place, setPlace] = useState<EmojiPlace>()
  useEffect(() => void loadEmoji(), [])

  if (state === undefined) return <div className="emoji-chooser" aria-busy="true" />
  if (state === 'failed') return <p className="emoji-chooser emoji-nothing">{t('emoji.notHere')}</p>
  const rows = emojiRows(state, query, shown, columns)
  const at = place ?? firstPlace(rows)
  const emoji = emojiAt(rows, at)

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Enter') {
      event.preventDefault()
      if (emoji !== undefined) onPick(inTone(emoji, tone))
      return
    }
    const next = step(rows, at, event.key)
    if (next === undefined) return
    event.preventDefault()
    setPlace(next)
  }

  return (
    <div className="emoji-chooser">
      <input
        className="emoji-field"
        type="search"
        role="combobox"
        aria-expanded="true"
        aria-controls={gridId}
        aria-haspopup="grid"
        aria-activedescendant={emoji === undefined ? undefined : `${gridId}-${at.row}-${at.column}`}
        aria-label={t('emoji.find')}
        placeholder={t('emoji.findHint')}
        autoComplete="off"
        spellCheck={false}
        maxLength={60}
        autoFocus
        value={query}
        onChange={(event) => {
          setQuery(event.target.value)
          setPlace(undefined)
        }}
        onKeyDown={onKeyDown}
      />
      {query.trim() === '' && <EmojiGroups rows={rows} onGroup={setPlace} />}
      {rows.length === 0 ? (
        <p className="emoji-nothing" role="status">
          {t('emoji.none')}
        </p>
      ) : (
        <EmojiGrid id={gridId} rows={rows} columns={columns} place={at} tone={tone} byKey={place !== undefined} onPick={(picked) => onPick(inTone(picked, tone))} onPoint={setPlace} />
      )}
      <div className="emoji-foot">
        <span className="emoji-foot-char" aria-hidden="true">
          {emoji === undefined ? '' : inTone(emoji, tone)}
        </span>
        <span className="emoji-foot-lines" aria-hidden="true">
          <span className="ellipsis">{emoji?.name}</span>
          <span className="emoji-foot-code ellipsis">{emoji?.shortcodes[0] === undefined ? '' : `:${emoji.shortcodes[0]}:`}</span>
        </span>
        <SkinTone tone={tone} onTone={setTone} />
      </div>
    </div>
  )
}
