import Popover from '@mui/material/Popover'
import { useRef } from 'react'
import type { KeyboardEvent } from 'react'
import { PICKER_EMOJI } from './emoji.ts'
import './emoji-picker.css'

const COLUMNS = 8
const STEPS: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: COLUMNS, ArrowUp: -COLUMNS }

interface Props {
  anchor: HTMLElement | null
  onPick(emoji: string): void
  onClose(): void
}

/** A small grid of emoji; the arrow keys walk in it. */
export function EmojiPicker({ anchor, onPick, onClose }: Props) {
  const grid = useRef<HTMLDivElement>(null)

  function onKeyDown(event: KeyboardEvent): void {
    const step = STEPS[event.key]
    const buttons = Array.from(grid.current?.querySelectorAll('button') ?? [])
    const index = buttons.findIndex((button) => button === document.activeElement)
    if (step === undefined || index === -1) return
    event.preventDefault()
    buttons[Math.min(buttons.length - 1, Math.max(0, index + step))]?.focus()
  }

  return (
    <Popover
      open={anchor !== null}
      anchorEl={anchor}
      onClose={onClose}
      anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
      transformOrigin={{ vertical: 'top', horizontal: 'right' }}
      slotProps={{ paper: { role: 'dialog', 'aria-label': 'Choose an emoji' } }}
    >
      <div ref={grid} className="emoji-grid" onKeyDown={onKeyDown} role="presentation">
        {PICKER_EMOJI.map((emoji, index) => (
          <button
            key={emoji}
            type="button"
  
            autoFocus={index === 0}
            aria-label={emoji}
            onClick={() => {
              onPick(emoji)
              onClose()
            }}
          >
            {emoji}
          </button>
        ))}
      </div>
    </Popover>
  )
}
