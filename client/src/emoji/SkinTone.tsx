import { useState } from 'react'
import { t } from '../i18n/translate.ts'

const TONES = [
  { hand: '✋', name: 'emoji.neutral' },
  { hand: '✋🏻', name: 'emoji.light' },
  { hand: '✋🏼', name: 'emoji.mediumLight' },
  { hand: '✋🏽', name: 'emoji.medium' },
  { hand: '✋🏾', name: 'emoji.mediumDark' },
  { hand: '✋🏿', name: 'emoji.dark' },
] as const

/** The skin tone of hands and people: the present one, which unfolds to all. */
export function SkinTone({ tone, onTone }: { tone: number; onTone(tone: number): void }) {
  const [open, setOpen] = useState(false)
  const now = TONES[tone] ?? TONES[0]
  if (!open) {
    return (
      <button type="button" className="emoji-tone" aria-label={t('emoji.skinToneNow', { tone: t(now.name) })} title={t('emoji.skinTone')} onClick={() => setOpen(true)}>
        {now.hand}
      </button>
    )
  }
  return (
    <div className="emoji-tones" role="group" aria-label={t('emoji.skinTone')}>
      {TONES.map(({ hand, name }, index) => (
        <button
          key={name}
          type="button"
          className="emoji-tone"
          aria-label={t(name)}
          aria-pressed={index === tone}
          title={t(name)}
          autoFocus={index === tone}
          onClick={() => {
            onTone(index)
            setOpen(false)
          }}
        >
          {hand}
        </button>
      ))}
    </div>
  )
}
