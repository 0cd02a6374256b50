import Drawer from '@mui/material/Drawer'
import Popover from '@mui/material/Popover'
import useMediaQuery from '@mui/material/useMediaQuery'
import { useState } from 'react'
import { t } from '../i18n/translate.ts'
import { EmojiChooser } from './EmojiChooser.tsx'
import { useOwnEmoji } from './use-own-emoji.ts'
import './emoji-picker.css'

interface Props {
  /** What it opens at; null: it is closed. */
  anchor: HTMLElement | null
  onPick(emoji: string): void
  onClose(): void
}

/** All emoji, to choose one: beside what it was opened from, on a phone from the bottom of the screen. */
export function EmojiPicker({ anchor, onPick, onClose }: Props) {
  const phone = useMediaQuery('(max-width: 599px)')
  const { used } = useOwnEmoji()
  // Opened again while it is still fading out, it begins anew.
  const [opened, setOpened] = useState({ at: anchor, times: 0 })
  if (anchor !== opened.at) setOpened({ at: anchor, times: opened.times + (anchor === null ? 0 : 1) })
  const chooser = (
    <EmojiChooser
      key={opened.times}
      columns={phone ? Math.max(4, Math.floor((innerWidth - 16) / 44)) : 9}
      onPick={(emoji) => {
        used(emoji)
        onPick(emoji)
        onClose()
      }}
    />
  )
  const paper = { role: 'dialog', 'aria-label': t('emoji.choose'), className: 'emoji-paper' }
  if (phone) {
    return (
      <Drawer anchor="bottom" open={anchor !== null} onClose={onClose} slotProps={{ paper: { ...paper, sx: { borderRadius: '16px 16px 0 0', backgroundImage: 'none', pb: 'env(safe-area-inset-bottom)' } } }}>
        {chooser}
      </Drawer>
    )
  }
  return (
    <Popover
      open={anchor !== null}
      anchorEl={anchor}
      onClose={onClose}
      anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
      transformOrigin={{ vertical: 'top', horizontal: 'right' }}
      slotProps={{ paper }}
    >
      {chooser}
    </Popover>
  )
}
