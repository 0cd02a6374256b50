import MoodRounded from '@mui/icons-material/MoodRounded'
import { useState } from 'react'
import { EmojiPicker } from '../emoji/EmojiPicker.tsx'
import { t } from '../i18n/translate.ts'

/** Opens all emoji, to put one where the caret stands. */
export function EmojiButton({ onPick }: { onPick(emoji: string): void }) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  return (
    <>
      <button type="button" className="composer-tool" aria-label={t('composer.emoji')} title={t('composer.emoji')} aria-haspopup="dialog" aria-expanded={anchor !== null} onClick={(event) => setAnchor(event.currentTarget)}>
        <MoodRounded />
      </button>
      <EmojiPicker anchor={anchor} onPick={onPick} onClose={() => setAnchor(null)} />
    </>
  )
}
