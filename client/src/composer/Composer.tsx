import ArrowUpwardRounded from '@mui/icons-material/ArrowUpwardRounded'
import CheckRounded from '@mui/icons-material/CheckRounded'
import InputBase from '@mui/material/InputBase'
import { useEffect, useId, useImperativeHandle, useRef, useState } from 'react'
import type { KeyboardEvent, Ref } from 'react'
import { isStroke, KEYS } from '../app/keys.ts'
import type { DraftView, EditView, PersonView } from '../chat/views.ts'
import { t } from '../i18n/translate.ts'
import { ScheduleButton } from '../scheduled/ScheduleButton.tsx'
import { mayDo, useRoomUi } from '../timeline/room-ui.tsx'
import { CompletionList } from './CompletionList.tsx'
import { ComposerFoot } from './ComposerFoot.tsx'
import { ComposerNote } from './ComposerNote.tsx'
import { EmojiButton } from './EmojiButton.tsx'
import type { Composing } from './composing.ts'
import { charactersLeft, isSendable } from './composing-text.ts'
import { SlashHelpDialog } from './slash/SlashHelpDialog.tsx'
import { useSlash } from './slash/use-slash.ts'
import { useCompletionSources } from './use-completion-sources.ts'
import { useCompletions } from './use-completions.ts'
import { useComposer } from './use-composer.ts'
import { useEmojiTyping } from './use-emoji-typing.ts'
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
  /** It belongs to this conversation, and not to the room as a whole. */
  thread?: string
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

/** Where one writes. Mount it anew for each room. */
export function Composer({ ref, room, thread, placeholder, draft, edit, people, composing, onComposing, onSent, onEditLast, onPage }: Props) {
  const noteId = useId()
  const input = useRef<HTMLTextAreaElement>(null)
  const emoji = useEmojiTyping()
  const ui = useRoomUi()
  const mayMentionAll = mayDo(ui, 'room.mention')
  const [help, setHelp] = useState(false)
  const slash = useSlash(() => setHelp(true))
  const [choosingTime, setChoosingTime] = useState(false)
  const composer = useComposer({ room, thread, draft, edit, held: choosingTime, composing, input, finish: emoji.finish, interpret: slash.interpret, onComposing, onSent })
  const { text, failed, isEditing, change, submit, cancel } = composer
  const completions = useCompletions({ sources: useCompletionSources(people, mayMentionAll, emoji.set, emoji.tone, slash.place), text, input, change })
  // A draft's answer is taken up before the message that it answers has been loaded.
  const shown = composing?.what === 'reply' && composing.to.id === draft.replyTo?.id ? { ...composing, to: draft.replyTo } : composing
  const action = t(isEditing ? 'common.save' : thread === undefined ? 'composer.send' : 'composer.sendAnswer')
  const tooLong = (charactersLeft(text) ?? 0) < 0

  useEffect(() => {
    if (composing === undefined) return
    input.current?.focus()
    if (composing.what === 'edit') input.current?.setSelectionRange(composing.text.length, composing.text.length)
  }, [composing])

  /** With the caret at a place of its own. */
  function put(next: string, caret: number): void {
    change(next)
    requestAnimationFrame(() => input.current?.setSelectionRange(caret, caret))
  }

  function onType(next: string): void {
    const replaced = emoji.typed(text, next, input.current?.selectionStart ?? next.length)
    if (replaced === undefined) change(next)
    else put(replaced.text, replaced.caret)
  }

  function insert(what: string): void {
    const { selectionStart = text.length, selectionEnd = text.length } = input.current ?? {}
    put(text.slice(0, selectionStart) + what + text.slice(selectionEnd), selectionStart + what.length)
    // The dialog gives the focus back to its button first.
    setTimeout(() => input.current?.focus())
  }

  useImperativeHandle(ref, () => ({ focus: () => input.current?.focus(), mayTurn: composer.mayTurn, takeBack: composer.takeBack }))

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement | HTMLInputElement>): void {
    // While an input method composes a character, Enter and the arrows are its own. Safari says so only by the key code.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    if (completions.onKeyDown(event)) return
    if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
      event.preventDefault()
      submit()
    } else if (event.key === 'Escape' && composing !== undefined) {
      event.preventDefault()
      cancel()
    } else if (isStroke(event.nativeEvent, KEYS.editLast) && text === '' && composing === undefined) {
      event.preventDefault()
      onEditLast()
    } else if ((event.key === 'PageUp' || event.key === 'PageDown') && (input.current?.scrollHeight ?? 0) <= (input.current?.clientHeight ?? 0)) {
      event.preventDefault()
      onPage(event.key === 'PageUp' ? -0.9 : 0.9)
    }
  }

  return (
    <div className="composer">
      <CompletionList completions={completions} />
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
            onChange={(event) => onType(event.target.value)}
            onBlur={composer.leave}
            onKeyDown={onKeyDown}
            onSelect={completions.onSelect}
            slotProps={{ input: { 'aria-label': t(thread === undefined ? 'composer.message' : 'composer.answer'), 'aria-placeholder': placeholder, dir: 'auto', 'aria-invalid': tooLong, 'aria-describedby': noteId, enterKeyHint: 'send', ...completions.inputProps } }}
          />
          <EmojiButton onPick={insert} />
          {!isEditing && isSendable(text) && <ScheduleButton onSchedule={composer.schedule} onChoosing={setChoosingTime} />}
          <button
            type="button"
            className="composer-send"
            aria-label={action}
            title={action}
            aria-disabled={!isSendable(text)}
            // The keyboard of a phone stays open when the finger goes to the button.
            onPointerDown={(event) => event.preventDefault()}
            onClick={submit}
          >
            {isEditing ? <CheckRounded /> : <ArrowUpwardRounded />}
          </button>
        </div>
      </div>
      {help && <SlashHelpDialog place={slash.place} onClose={() => setHelp(false)} />}
      <ComposerFoot id={noteId} text={text} failed={failed} everyone={mayMentionAll ? 'told' : ui.room.kind === 'dm' ? 'direct' : 'text'} />
    </div>
  )
}
