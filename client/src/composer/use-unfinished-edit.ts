import type { Id } from '@chatflow/shared/ids'
import { useActions } from '../app/chat-context.tsx'
import { useKept, type Kept } from './use-kept.ts'

interface Typed {
  message: Id
  text: string
}

/** Keeps what is typed into a message that is being changed, until it is saved or given up (undefined). */
export function useUnfinishedEdit(room: Id, thread: Id | undefined): Kept<Typed | undefined> {
  const { setEdit } = useActions()
  return useKept<Typed | undefined>(undefined, (a, b) => a?.message === b?.message && a?.text === b?.text, (edit) => setEdit(room, edit, ...(thread === undefined ? [] : [thread])))
}
