import { useState } from 'react'

const TONES = [
  { hand: '✋', name: 'Neutral' },
  { hand: '✋🏻', name: 'Light' },
  { hand: '✋🏼', name: 'Medium light' },
  { hand: '✋🏽', name: 'Medium' },
  { hand: '✋🏾', name: 'Medium dark' },
  { hand: '✋🏿', name: 'Dark' },
]

/** The skin tone of hands and people: the present one, which unfolds to all. */
export function SkinTone({ tone, onTone }: { tone: number; onTone(tone: number): void }) {
  const [open, setOpen] = useState(false)
  const now = TONES[tone] ?? TONES[0]
  if (!open) {
    return (
      <button type="button" className="emoji-tone" aria-label={`Skin tone: ${now?.name ?? ''}`} title="Skin tone" onClick={() => setOpen(true)}>
        {now?.hand}
      </button>
    )
  }
  return (
    <div className="emoji-tones" role="group" aria-label="Skin tone">
      {TONES.map(({ hand, name }, index) => (
        <button
          key={name}
          type="button"
          className="emoji-tone"
          aria-label={name}
          aria-pressed={index === tone}
          title={name}
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
