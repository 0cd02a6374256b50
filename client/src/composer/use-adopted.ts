import { useEffect, useRef } from 'react'
import type { DraftView, EditView } from '../chat/views.ts'
import type { Composing } from './composing.ts'
import { isSameDraft, type useDraft } from './use-draft.ts'

interface Options {
  draft: DraftView
  edit: EditView | undefined
  /** Nothing is taken over for now. */
  held: boolean
  text: string
  composing: Composing
  drafts: ReturnType<typeof useDraft>
  onComposing(composing: Composing): void
  setText(text: string): void
}

/**
 * Takes over what comes from elsewhere: a draft of another device, where nothing has been typed since the last one, and, once a visit,
 * a change of a message that was begun on an earlier one.
 * Answers the draft that waits while nothing is taken over, if there is one.
 */
export function useAdopted({ draft, edit, held, text, composing, drafts, onComposing, setText }: Options): () => DraftView | undefined {
  const adopted = useRef<DraftView>({ text: '' })
  const begun = useRef(false)
  useEffect(() => {
    if (held) return
    const before = adopted.current
    const next = { text: draft.text, replyTo: draft.replyTo?.id }
    const last = { text: before.text, replyTo: before.replyTo?.id }
    if (!isSameDraft(next, last)) {
      adopted.current = draft
      const mine = composing?.what === 'reply' ? composing.to.id : undefined
      const untouched = isSameDraft({ text, replyTo: mine }, last) || (text === draft.text && mine === undefined)
      if (!drafts.isOwn(next) && composing?.what !== 'edit' && untouched) {
        setText(draft.text)
        drafts.settled(next)
        onComposing(draft.replyTo === undefined ? undefined : { what: 'reply', to: draft.replyTo })
        // The answer is to be there before a change takes its place.
        if (draft.replyTo !== undefined) return
      }
    }
    begun.current ||= composing?.what === 'edit'
    if (edit === undefined || begun.current) return
    begun.current = true
    onComposing({ what: 'edit', ...edit })
  }, [draft, edit, held, composing, text, drafts, onComposing, setText])
  return () => {
    const next = { text: draft.text, replyTo: draft.replyTo?.id }
    return held && !drafts.isOwn(next) && !isSameDraft(next, { text: adopted.current.text, replyTo: adopted.current.replyTo?.id }) ? draft : undefined
  }
}
