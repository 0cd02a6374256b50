import ArrowUpwardRounded from '@mui/icons-material/ArrowUpwardRounded'
import CheckRounded from '@mui/icons-material/CheckRounded'
import InputBase from '@mui/material/InputBase'
import { useEffect, useId, useImperativeHandle, useRef, useState } from 'react'
import type { KeyboardEvent, Ref } from 'react'
import { useActions } from '../app/chat-context.tsx'
import type { MessageView, PersonView } from '../chat/contract.ts'
import { ComposerNote } from './ComposerNote.tsx'
import { MentionList } from './MentionList.tsx'
import { charactersLeft, giveBack, isSendable } from './composing-text.ts'
import { useDraft } from './use-draft.ts'
import { useMentions } from './use-mentions.ts'
import { useTyping } from './use-typing.ts'
import './composer.css'

/** What the composer is about, besides a new message. */
export type Composing = { what: 'reply' | 'edit'; message: MessageView } | undefined

export interface ComposerHandle {
  focus(): void
  /** Puts text before what stands there. */
  takeBack(text: string): void
}

interface Props {
  ref: Ref<ComposerHandle>
  room: string
  /** "Message #general" */
  placeholder: string
  /** The room's draft when it was opened, or when it came from another device. */
  draft: string
  people: readonly PersonView[]
  composing: Composing
  onComposing(composing: Composing): void
  /** A message has left: the timeline shows its end. */
  onSent(): void
  /** Arrow up in the empty composer. */
  onEditLast(): void
  /** PageUp and PageDown belong to the timeline also from here. */
  onPage(screens: number): void
}

/** Where one writes. Mount it anew for each room. Nothing typed here is lost: it is sent, kept as a draft, or still here. */
export function Composer({ ref, room, placeholder, draft, people, composing, onComposing, onSent, onEditLast, onPage }: Props) {
  const noteId = useId()
  const { sendMessage, editMessage, setDraft } = useActions()
  const input = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useState(draft)
  /** The draft, while the text is that of a message being edited. */
  const [aside, setAside] = useState<string>()
  const [failed, setFailed] = useState<string>()
  const alive = useRef(true)
  const keeping = useDraft(room, draft)
  const typing = useTyping(room)
  const mentions = useMentions(people, text, input, change)
  const editing = composing?.what === 'edit' ? composing.message : undefined
  const left = charactersLeft(text)

  // A draft that arrives from another device is taken over where nothing has been typed since the last one.
  const adopted = useRef(draft)
  useEffect(() => {
    if (draft === adopted.current) return
    const before = adopted.current
    adopted.current = draft
    if (keeping.isOwn(draft) || editing !== undefined || text !== before) return
    setText(draft)
    keeping.settled(draft)
  }, [draft, editing, text, keeping])

  // Beginning and ending to edit: the draft steps aside and comes back.
  const [editedId, setEditedId] = useState<string>()
  if (editing?.id !== editedId) {
    setEditedId(editing?.id)
    setFailed(undefined)
    if (editing !== undefined) {
      if (editedId === undefined) setAside(text)
      setText(editing.text)
    } else {
      setText(aside ?? '')
      setAside(undefined)
    }
  }
  useEffect(() => {
    if (composing === undefined) return
    input.current?.focus()
    if (composing.what === 'edit') input.current?.setSelectionRange(composing.message.text.length, composing.message.text.length)
  }, [composing])
  useEffect(() => {
    alive.current = true
    return () => {
      alive.current = false
    }
  }, [])

  useImperativeHandle(ref, () => ({
    focus: () => input.current?.focus(),
    takeBack: (back) => {
      change(giveBack(back, text))
      input.current?.focus()
    },
  }))

  function change(next: string): void {
    setText(next)
    setFailed(undefined)
    if (editing === undefined) keeping.changed(next)
    if (next.trim() === '') typing.stopped()
    else typing.typed()
  }

  function submit(): void {
    if (!isSendable(text)) return
    typing.stopped()
    if (editing !== undefined) {
      if (text !== editing.text) void editMessage(room, editing.id, text).catch(() => setFailed('The change could not be kept on this device.'))
      onComposing(undefined)
      return
    }
    const sent = text
    const replyTo = composing
    setText('')
    setFailed(undefined)
    keeping.changed('')
    keeping.flush()
    onComposing(undefined)
    onSent()
    sendMessage(room, sent, replyTo === undefined ? undefined : { replyTo: replyTo.message.id }).catch(() => {
      if (!alive.current) return setDraft(room, sent)
      setText((now) => {
        const back = giveBack(sent, now)
        keeping.changed(back)
        return back
      })
      if (replyTo !== undefined) onComposing(replyTo)
      setFailed('This could not be kept on your device, so it was not sent. Your text is back; try again.')
      input.current?.focus()
    })
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement | HTMLInputElement>): void {
    // While an input method composes a character, Enter and the arrows are its own. Safari says so only by the key code.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    if (mentions.onKeyDown(event)) return
    if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
      event.preventDefault()
      submit()
    } else if (event.key === 'Escape' && composing !== undefined) {
      event.preventDefault()
      onComposing(undefined)
    } else if (event.key === 'ArrowUp' && text === '' && composing === undefined) {
      event.preventDefault()
      onEditLast()
    } else if ((event.key === 'PageUp' || event.key === 'PageDown') && (input.current?.scrollHeight ?? 0) <= (input.current?.clientHeight ?? 0)) {
      event.preventDefault()
      onPage(event.key === 'PageUp' ? -0.9 : 0.9)
    }
  }

  const tooLong = left !== undefined && left < 0
  return (
    <div className="composer">
      <MentionList mentions={mentions} />
      <div className={tooLong || failed !== undefined ? 'composer-box composer-box-wrong' : 'composer-box'}>
        {composing !== undefined && <ComposerNote composing={composing} onCancel={() => onComposing(undefined)} />}
        <div className="composer-line">
          <InputBase
            multiline
            fullWidth
            maxRows={10}
            value={text}
            placeholder={placeholder}
            inputRef={input}
            onChange={(event) => change(event.target.value)}
            onBlur={() => {
              keeping.flush()
              typing.stopped()
            }}
            onKeyDown={onKeyDown}
            onSelect={mentions.onSelect}
            slotProps={{ input: { 'aria-label': 'Message', 'aria-invalid': tooLong, 'aria-describedby': noteId, enterKeyHint: 'send', ...mentions.inputProps } }}
          />
          <button
            type="button"
            className="composer-send"
            aria-label={editing === undefined ? 'Send' : 'Save'}
            title={editing === undefined ? 'Send' : 'Save'}
            aria-disabled={!isSendable(text)}
            // The keyboard of a phone stays open when the finger goes to the button.
            onPointerDown={(event) => event.preventDefault()}
            onClick={submit}
          >
            {editing === undefined ? <ArrowUpwardRounded /> : <CheckRounded />}
          </button>
        </div>
      </div>
      <div className="composer-foot" id={noteId} aria-live="polite">
        {tooLong ? (
          <span className="composer-wrong">A message has at most 16 000 characters. Yours has {(-left).toLocaleString()} too many; it stays here until you shorten it.</span>
        ) : failed !== undefined ? (
          <span className="composer-wrong">{failed}</span>
        ) : left !== undefined ? (
          <span>{left.toLocaleString()} characters left</span>
        ) : null}
      </div>
    </div>
  )
}
