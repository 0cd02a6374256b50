import ArrowBackRounded from '@mui/icons-material/ArrowBackRounded'
import CloseRounded from '@mui/icons-material/CloseRounded'
import IconButton from '@mui/material/IconButton'
import type { Id } from '@chatflow/shared/ids'
import { useEffect, useRef } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import { navigate } from '../app/use-route.ts'
import type { RoomView, TimelineView } from '../chat/views.ts'
import { inSentence } from '../i18n/in-sentence.ts'
import { t } from '../i18n/translate.ts'
import './room-panel.css'

/** What every panel of a room is given. */
export interface PanelProps {
  room: RoomView
  /** Undefined until the room is open. */
  timeline: TimelineView | undefined
  /** What the panel is about: the last part of the address. */
  item: string | undefined
}

interface Props {
  /** The room that it is beside; undefined: none. */
  room: Id | undefined
  /** What assistive technology calls it, and its button for closing. */
  label: string
  /** Shown at its top; by itself the label. */
  heading?: ReactNode
  /** For panels that hold messages. */
  wide?: boolean
  /** For panels in which one writes. */
  roomy?: boolean
  children: ReactNode
}

/**
 * The frame of a panel: at the right of the room, on a phone a page over it. Opening it takes the focus in, closing it (Esc, too)
 * brings the focus back to where it came from.
 */
export function RoomPanel({ room, label, heading = label, wide = false, roomy = false, children }: Props) {
  const title = useRef<HTMLHeadingElement>(null)
  const close = () => navigate(room === undefined ? {} : { room }, { replace: true })

  useEffect(() => {
    const before = document.activeElement
    title.current?.focus({ preventScroll: true })
    return () => {
      // Somebody who has gone on elsewhere is not called back.
      if (document.activeElement === document.body && before instanceof HTMLElement) before.focus({ preventScroll: true })
    }
  }, [])

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.shiftKey || event.defaultPrevented) return
    event.preventDefault()
    close()
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Esc closes it from wherever in it the focus is
    <aside className={roomy ? 'panel panel-roomy' : wide ? 'panel panel-wide' : 'panel'} aria-label={label} onKeyDown={onKeyDown}>
      <div className="panel-head">
        <IconButton className="panel-back" aria-label={t(room === undefined ? 'rooms.backToRooms' : 'rooms.backToRoom')} onClick={close}>
          <ArrowBackRounded />
        </IconButton>
        <h2 ref={title} className="panel-title ellipsis" tabIndex={-1}>
          {heading}
        </h2>
        <IconButton className="panel-close" aria-label={t('rooms.closePanel', { panel: inSentence(label) })} onClick={close}>
          <CloseRounded />
        </IconButton>
      </div>
      {children}
    </aside>
  )
}
