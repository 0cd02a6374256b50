import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { RefObject } from 'react'
import type { Id } from '@chatflow/shared/ids'
import { useActions } from '../app/chat-context.tsx'
import type { DraftView, EditView, QuoteView } from '../chat/views.ts'
import { sentence } from '../i18n/sentence.ts'
import type { Sentence } from '../i18n/sentence.ts'
import type { PlainKey } from '../i18n/words.ts'
import type { Composing } from './composing.ts'
import { giveBack, isSendable } from './composing-text.ts'
import type { Interpreted } from './slash/use-slash.ts'
import { useAdopted } from './use-adopted.ts'
import { useDraft } from './use-draft.ts'
import { useTyping } from './use-typing.ts'
import { useUnfinishedEdit } from './use-unfinished-edit.ts'

interface Options {
  room: Id
  /** What is sent answers in this conversation. */
  thread: Id | undefined
  draft: DraftView
  edit: EditView | undefined
  /** What stands there is about to be used as it is: drafts from elsewhere wait. */
  held: boolean
  composing: Composing
  input: RefObject<HTMLTextAreaElement | null>
  /** The text as it is to be sent. */
  finish(text: string): string
  /** What becomes of the text when it is to be sent. */
  interpret(text: string): Interpreted
  onComposing(composing: Composing): void
  onSent(): void
}

export interface ComposerState {
  text: string
  /** The sentence to show under the text. */
  failed: Sentence | undefined
  isEditing: boolean
  change(text: string): void
  submit(): void
  /** Has it sent at this time (ms) instead of now. */
  schedule(sendAt: number): void
  /** Gives up the change or the answer; the text of a draft stays. */
  cancel(): void
  /** The focus leaves: what stands there is kept now. */
  leave(): void
  mayTurn(): boolean
  takeBack(text: string, to: Composing): boolean
}

const BUSY = sentence('composer.busy')

/** What stands in the composer and what becomes of it. Nothing typed is lost: it is sent, kept as a draft, or still here (R8). */
export function useComposer({ room, thread, draft, edit, held, composing, input, finish, interpret, onComposing, onSent }: Options): ComposerState {
  const { sendMessage, scheduleMessage, editMessage, setDraft, setEdit } = useActions()
  const [text, setText] = useState(draft.text)
  /** The draft, while the text is that of a message being edited. */
  const [aside, setAside] = useState<{ text: string; replyTo: QuoteView | undefined }>()
  const [failed, setFailed] = useState<Sentence>()
  const alive = useRef(true)
  const keptReply = useRef<string>(undefined)
  const inThread: [Id?] = thread === undefined ? [] : [thread]
  const drafts = useDraft(room, thread, { text: draft.text, replyTo: draft.replyTo?.id })
  const edits = useUnfinishedEdit(room, thread)
  const typing = useTyping(room)
  const editing = composing?.what === 'edit' ? composing : undefined
  const replyTo = composing?.what === 'reply' ? composing.to : undefined
  const answers = replyTo?.id ?? thread

  const waitingDraft = useAdopted({ draft, edit, held, text, composing, drafts, onComposing, setText })

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

  function submit(): void {
    if (!isSendable(text)) return
    typing.stopped()
    if (editing !== undefined) return save(editing)
    const meant = interpret(finish(text))
    if ('say' in meant) return setFailed(meant.say)
    if ('act' in meant) return act(meant.act)
    letGo(() => sendMessage(room, meant.send, answers === undefined ? undefined : { replyTo: answers }), 'composer.notKeptNotSent')
    onSent()
  }

  /** Does what was written as a command; if it cannot be done, what was written comes back. */
  function act(work: () => Promise<Sentence | undefined>): void {
    const typed = text
    clear()
    void work()
      .catch(() => sentence('common.notKept'))
      .then((problem) => {
        if (problem === undefined) return
        bringBack(typed)
        if (alive.current) setFailed(problem)
      })
  }

  function bringBack(typed: string): void {
    if (!alive.current) return setDraft(room, typed, replyTo?.id, ...inThread)
    setText((now) => {
      const back = giveBack(typed, now)
      drafts.changed({ text: back, replyTo: replyTo?.id })
      return back
    })
  }

  function clear(): void {
    setText('')
    setFailed(undefined)
    drafts.changed({ text: '', replyTo: undefined })
    drafts.flush()
  }

  /** Another device has changed the draft meanwhile: that takes the place of what stands there. */
  function turnTo(waiting: DraftView): void {
    setText(waiting.text)
    setFailed(undefined)
    drafts.settled({ text: waiting.text, replyTo: waiting.replyTo?.id })
    onComposing(waiting.replyTo === undefined ? undefined : { what: 'reply', to: waiting.replyTo })
  }

  /** Hands over what stands there; it comes back if the device could not keep it. */
  function letGo(hand: () => Promise<void>, otherwise: PlainKey): void {
    const sent = text
    const waiting = waitingDraft()
    if (waiting === undefined) {
      clear()
      onComposing(undefined)
    } else {
      turnTo(waiting)
    }
    hand().catch(() => {
      bringBack(sent)
      if (!alive.current) return
      if (replyTo !== undefined) onComposing({ what: 'reply', to: replyTo })
      setFailed(sentence(otherwise))
      input.current?.focus()
    })
  }

  /** The change is let go of here only when the device has it as a command. */
  function save({ message, was }: NonNullable<typeof editing>): void {
    const typed = finish(text)
    onComposing(aside?.replyTo === undefined ? undefined : { what: 'reply', to: aside.replyTo })
    if (typed === was) return endEdit()
    edits.settled(undefined)
    editMessage(room, message, typed).then(
      () => setEdit(room, undefined, ...inThread),
      () => {
        setEdit(room, { message, text: typed }, ...inThread)
        if (!alive.current) return
        onComposing({ what: 'edit', message, was, text: typed })
        setFailed(sentence('composer.changeNotKept'))
      },
    )
  }

  return {
    text,
    failed,
    isEditing: editing !== undefined,
    change,
    submit,
    schedule: (sendAt) => {
      if (!isSendable(text) || editing !== undefined) return
      const meant = interpret(finish(text))
      if ('say' in meant) return setFailed(meant.say)
      if ('act' in meant) return setFailed(sentence('composer.onlyMessages'))
      typing.stopped()
      letGo(() => scheduleMessage(room, meant.send, { replyTo: answers, sendAt }), 'composer.notKeptNotScheduled')
      input.current?.focus()
    },
    cancel: () => {
      setFailed(undefined)
      if (editing === undefined) onComposing(undefined)
      else endEdit()
    },
    leave: () => {
      drafts.flush()
      edits.flush()
      typing.stopped()
    },
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
  }
}
