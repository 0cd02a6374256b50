import ArrowUpwardRounded from '@mui/icons-material/ArrowUpwardRounded'
import CheckRounded from '@mui/icons-material/CheckRounded'
import InputBase from '@mui/material/InputBase'
import { useEffect, useEffectEvent, useId, useImperativeHandle, useRef, useState } from 'react'
import type { KeyboardEvent, Ref } from 'react'
import { useActions } from '../app/chat-context.tsx'
import type { DraftView, EditView, PersonView, QuoteView } from '../chat/contract.ts'
import { ComposerNote } from './ComposerNote.tsx'
import { MentionList } from './MentionList.tsx'
import type { Composing } from './composing.ts'
import { charactersLeft, giveBack, isSendable } from './composing-text.ts'
import { useAdopted } from './use-adopted.ts'
import { useDraft } from './use-draft.ts'
import { useMentions } from './use-mentions.ts'
import { useTyping } from './use-typing.ts'
import { useUnfinishedEdit } from './use-unfinished-edit.ts'
import './composer.css'

export interface ComposerHandle {
  focus(): void
  /** May it turn to something else? Not from a change that has been typed: that is to be saved or given up first. */
  mayTurn(): boolean
  /** Puts text before what stands there, or takes up what it was to answer or to change. False: it cannot now, and has changed nothing. */
  takeBack(text: string, composing: Composing): boolean
}

interface Props {
  ref: Ref<ComposerHandle>
  room: string
  /** "Message #general" */
  placeholder: string
  /** The room's draft when it was opened, or when it came from another device. */
  draft: DraftView
  /** A change of a message that was begun on an earlier visit. */
  edit: EditView | undefined
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

const BUSY = 'Save this change first, or cancel it.'

/** Where one writes. Mount it anew for each room. Nothing typed here is lost: it is sent, kept as a draft, or still here. */
export function Composer({ ref, room, placeholder, draft, edit, people, composing, onComposing, onSent, onEditLast, onPage }: Props) {
  const noteId = useId()
  const { sendMessage, editMessage, setDraft, setEdit } = useActions()
  const input = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useState(draft.text)
  /** The draft, while the text is that of a message being edited. */
  const [aside, setAside] = useState<{ text: string; replyTo: QuoteView | undefined }>()
  const [failed, setFailed] = useState<string>()
  const alive = useRef(true)
  const keptReply = useRef<string>(undefined)
  const drafts = useDraft(room, { text: draft.text, replyTo: draft.replyTo?.id })
  const edits = useUnfinishedEdit(room)
  const typing = useTyping(room)
  const mentions = useMentions(people, text, input, change)
  const editing = composing?.what === 'edit' ? composing : undefined
  const replyTo = composing?.what === 'reply' ? composing.to : undefined
  // A draft's answer is taken up before the message that it answers has been loaded.
  const shown = composing?.what === 'reply' && composing.to.id === draft.replyTo?.id ? { ...composing, to: draft.replyTo } : composing
  const left = charactersLeft(text)

  useAdopted({ draft, edit, text, composing, drafts, onComposing, setText })

  // Beginning to edit: the draft steps aside.
  const [editedId, setEditedId] = useState<string>()
  const [lastReply, setLastReply] = useState(replyTo)
  if (editing?.message !== editedId) {
    setEditedId(editing?.message)
    if (editing !== undefined) {
      if (editedId === undefined) setAside({ text, replyTo: lastReply })
      setText(editing.text)
    } else {
      setText(aside?.text ?? '')
      setAside(undefined)
    }
  }
  if (editing === undefined && replyTo !== lastReply) setLastReply(replyTo)
  useEffect(() => {
    if (composing === undefined) return
    input.current?.focus()
    if (composing.what === 'edit') input.current?.setSelectionRange(composing.text.length, composing.text.length)
  }, [composing])
  // Turning to another message, or to none, changes the draft as typing does; what was adopted is kept already.
  const keepReply = useEffectEvent(() => {
    if (keptReply.current === replyTo?.id) return
    keptReply.current = replyTo?.id
    if (editing === undefined && text !== '') drafts.changed({ text, replyTo: replyTo?.id })
  })
  useEffect(() => keepReply(), [replyTo?.id])
  useEffect(() => {
    alive.current = true
    return () => {
      alive.current = false
    }
  }, [])

  useImperativeHandle(ref, () => ({
    focus: () => input.current?.focus(),
    mayTurn: () => {
      if (editing === undefined || text === editing.was) return true
      setFailed(BUSY)
      input.current?.focus()
      return false
    },
    takeBack: (back, to) => {
      if (editing !== undefined) {
        setFailed(BUSY)
        return false
      }
      if (to?.what === 'edit') {
        edits.changed({ message: to.message, text: back })
        edits.flush()
        onComposing({ ...to, text: back })
      } else {
        change(giveBack(back, text), text === '' ? to?.to : replyTo)
        drafts.flush()
        if (text === '' && to !== undefined) onComposing(to)
      }
      input.current?.focus()
      return true
    },
  }))

  function change(next: string, answering = replyTo): void {
    setText(next)
    setFailed(undefined)
    if (editing === undefined) drafts.changed({ text: next, replyTo: answering?.id })
    else edits.changed(next === editing.was ? undefined : { message: editing.message, text: next })
    if (next.trim() === '') typing.stopped()
    else typing.typed()
  }

  /** The change has been saved or given up: what was being written before is there again. */
  function endEdit(): void {
    edits.changed(undefined)
    edits.flush()
    onComposing(aside?.replyTo === undefined ? undefined : { what: 'reply', to: aside.replyTo })
  }

  function cancel(): void {
    setFailed(undefined)
    if (editing === undefined) onComposing(undefined)
    else endEdit()
  }

  function submit(): void {
    if (!isSendable(text)) return
    typing.stopped()
    if (editing !== undefined) return save(editing)
    const sent = text
    setText('')
    setFailed(undefined)
    drafts.changed({ text: '', replyTo: undefined })
    drafts.flush()
    onComposing(undefined)
    onSent()
    sendMessage(room, sent, replyTo === undefined ? undefined : { replyTo: replyTo.id }).catch(() => {
      if (!alive.current) return setDraft(room, sent, replyTo?.id)
      setText((now) => {
        const back = giveBack(sent, now)
        drafts.changed({ text: back, replyTo: replyTo?.id })
        return back
      })
      if (replyTo !== undefined) onComposing({ what: 'reply', to: replyTo })
      setFailed('This could not be kept on your device, so it was not sent. Your text is back; try again.')
      input.current?.focus()
    })
  }

  /** The change is let go of here only when the device has it as a command. */
  function save({ message, was }: NonNullable<typeof editing>): void {
    const typed = text
    onComposing(aside?.replyTo === undefined ? undefined : { what: 'reply', to: aside.replyTo })
    if (typed === was) return endEdit()
    edits.settled(undefined)
    editMessage(room, message, typed).then(
      () => setEdit(room, undefined),
      () => {
        setEdit(room, { message, text: typed })
        if (!alive.current) return
        onComposing({ what: 'edit', message, was, text: typed })
        setFailed('The change could not be kept on this device. Try again.')
      },
    )
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
      cancel()
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
        {shown !== undefined && <ComposerNote composing={shown} onCancel={cancel} />}
        <div className="composer-line">
          {/* No `placeholder`: a long name would make the empty field many lines high. */}
          {text === '' && (
            <span className="composer-placeholder ellipsis" aria-hidden="true">
              {placeholder}
            </span>
          )}
          <InputBase
            multiline
            fullWidth
            maxRows={10}
            value={text}
            inputRef={input}
            onChange={(event) => change(event.target.value)}
            onBlur={() => {
              drafts.flush()
              edits.flush()
              typing.stopped()
            }}
            onKeyDown={onKeyDown}
            onSelect={mentions.onSelect}
            slotProps={{ input: { 'aria-label': 'Message', 'aria-placeholder': placeholder, dir: 'auto', 'aria-invalid': tooLong, 'aria-describedby': noteId, enterKeyHint: 'send', ...mentions.inputProps } }}
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
