import type { Entry } from '@chatflow/shared/entry'
import type { Id } from '@chatflow/shared/ids'
import type { ChatCore } from '../sync/chat-core.ts'
import type { Conversation } from '../sync/conversation.ts'
import type { MessageView, ThreadView } from './views.ts'
import { quote, receiptsOf, viewOfEntry, viewOfPending, type MessageContext } from './message-view.ts'
import { emptyRoom, type Overlay } from './overlay.ts'
import { keepSame, keepSameItems } from './same.ts'

/** One visit of a conversation: makes views of it, and keeps those that have not changed. */
export class ThreadProjection {
  readonly room: Id
  readonly root: Id
  readonly #core: ChatCore
  readonly #conversation: Conversation
  readonly #stop: () => void
  #beginning: MessageView | undefined
  #answers: MessageView[] = []
  #pending: MessageView[] = []

  /** `changed`: there is something new to project. */
  constructor(core: ChatCore, room: Id, root: Id, changed: () => void) {
    this.room = room
    this.root = root
    this.#core = core
    this.#conversation = core.openConversation(room, root)
    this.#stop = this.#conversation.changed.add(changed)
  }

  older(): void {
    this.#conversation.older()
  }

  close(): void {
    this.#stop()
    this.#conversation.close()
  }

  project(overlay: Overlay): ThreadView {
    const core = this.#core
    this.#conversation.update()
    const replica = core.rooms.held(this.room)
    const over = overlay.rooms.get(this.room) ?? emptyRoom()
    // Who has read how far is shown in the room itself.
    const context: MessageContext = { core, room: this.room, replica, overlay: over, reads: receiptsOf(replica), readers: new Map() }
    const waiting = over.pending.map((record) => viewOfPending(record, context))
    const beginning = this.#conversation.beginning()
    const here = this.#conversation.answers()
    this.#beginning = beginning === undefined ? waiting.find((view) => view.id === this.root) : keepSame(this.#beginning, viewOfEntry(beginning, context))
    this.#answers = keepSameItems(this.#answers, here.map((entry) => this.#inside(viewOfEntry(entry, context))))
    this.#pending = keepSameItems(this.#pending, waiting.filter((view) => view.root === this.root).map((view) => this.#inside(view)))
    return {
      room: this.room,
      root: this.root,
      ...(this.#beginning === undefined ? {} : { beginning: this.#beginning }),
      answers: this.#answers,
      pending: this.#pending,
      missing: missing(beginning, here),
      hasOlder: this.#conversation.hasOlder,
      loading: this.#conversation.loading,
      draft: this.#draft(context),
      ...this.#edit(context),
    }
  }

  /** In its own conversation an answer to the beginning needs no quote. */
  #inside(view: MessageView): MessageView {
    if (view.replyTo?.id !== this.root) return view
    const { replyTo: _, ...bare } = view
    return bare
  }

  #draft(context: MessageContext): ThreadView['draft'] {
    const { text, replyTo } = context.overlay.drafts.get(this.root) ?? this.#core.mine.draft(this.room, this.root) ?? { text: '' }
    return { text, ...(replyTo === undefined || replyTo === this.root ? {} : { replyTo: quote(replyTo, context) }) }
  }

  #edit(context: MessageContext): Pick<ThreadView, 'edit'> {
    const edit = this.#core.edits.get(this.room, this.root)
    if (edit === undefined) return {}
    const { text: was } = quote(edit.message, context)
    return was === edit.text ? {} : { edit: { ...edit, was } }
  }
}

function missing(beginning: Entry | undefined, here: readonly Entry[]): number {
  return Math.max(0, (beginning?.answers?.count ?? 0) - here.length)
}
