import type { Id } from '@chatflow/shared/ids'
import { useRef } from 'react'
import { useActions } from '../app/chat-context.tsx'
import { useKept, type Kept } from './use-kept.ts'

/** What is kept of a draft: the text, and what it answers. */
export interface Drafted {
  text: string
  replyTo: Id | undefined
}

/** Keeps what stands in the composer as the room's draft. `isOwn`: this draft was kept from here, so it is no news. */
export function useDraft(room: Id, thread: Id | undefined, initial: Drafted): Kept<Drafted> & { isOwn(draft: Drafted): boolean } {
  const { setDraft } = useActions()
  const own = useRef(new Set<string>())
  const kept = useKept(initial, isSameDraft, (draft) => {
    own.current.add(nameOf(draft))
    // What it answers is of no use without a text.
    setDraft(room, draft.text, draft.text === '' ? undefined : draft.replyTo, ...(thread === undefined ? [] : [thread]))
  })
  return { ...kept, isOwn: (draft) => own.current.has(nameOf(draft)) }
}

export function isSameDraft(a: Drafted, b: Drafted): boolean {
  return a.text === b.text && (a.text === '' || a.replyTo === b.replyTo)
}

function nameOf({ text, replyTo }: Drafted): string {
  return text === '' ? '' : `${replyTo ?? ''}:${text}`
}
