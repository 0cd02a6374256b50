import { useEffect, useRef, useState } from 'react'
import type { NotesPad as Pad } from '../../chat/notes-pad.ts'
import { t } from '../../i18n/translate.ts'
import { createEditor } from './create-editor.ts'
import type { EditorLook, PadEditor } from './create-editor.ts'
import { LinkDialog } from './LinkDialog.tsx'
import { NotesToolbar } from './NotesToolbar.tsx'
import './pad.css'

interface Props {
  pad: Pad
  editable: boolean
  /** What the text is called by assistive technology. */
  label: string
}

/** A pad with its buttons above: they are there only for those who may write. */
export default function NotesPad({ pad, editable, label }: Props) {
  const place = useRef<HTMLDivElement>(null)
  const editor = useRef<PadEditor>(undefined)
  const [look, setLook] = useState<EditorLook>()
  const [asksLink, setAsksLink] = useState(false)
  const [tooMuch, setTooMuch] = useState(false)

  useEffect(() => {
    if (place.current === null) return
    // The editor takes the element over, and leaves it: each has its own.
    const own = place.current.appendChild(document.createElement('div'))
    const made = createEditor({
      place: own,
      pad,
      editable,
      label,
      boxLabel: () => t('notes.done'),
      onLook: (now) => {
        setLook(now)
        setTooMuch(false)
      },
      askLink: () => setAsksLink(true),
      onTooMuch: () => setTooMuch(true),
    })
    editor.current = made
    return () => {
      editor.current = undefined
      made.destroy()
      own.remove()
    }
  }, [pad, editable, label])

  return (
    <>
      {editable && look !== undefined && <NotesToolbar look={look} run={(command) => editor.current?.run(command)} undo={() => editor.current?.undo()} redo={() => editor.current?.redo()} askLink={() => setAsksLink(true)} focusText={() => editor.current?.focus()} />}
      {tooMuch && (
        <p className="notes-hint" role="alert">
          {t('notes.tooMuch')}
        </p>
      )}
      <div className="notes-scroll">
        {look?.empty === true && (
          <p className="note-placeholder" aria-hidden="true">
            {editable ? t('notes.placeholder') : t('notes.nothingYet')}
          </p>
        )}
        <div className="notes-place" ref={place} />
      </div>
      <LinkDialog
        open={asksLink}
        link={look?.link}
        onClose={() => {
          setAsksLink(false)
        }}
        onSet={(command) => editor.current?.run(command)}
      />
    </>
  )
}
