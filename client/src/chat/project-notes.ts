import type { Id } from '@chatflow/shared/ids'
import type { ChatCore } from '../sync/chat-core.ts'
import type { NotesLease } from '../sync/notes/notes-keeper.ts'
import type { NotesPad, NotesPeerView } from './notes-pad.ts'
import { personView } from './people-view.ts'
import { keepSameItems } from './same.ts'
import type { NotesView, PersonView } from './views.ts'

/** Notes that are open on the screen. */
export class NotesProjection {
  readonly room: Id
  readonly #core: ChatCore
  readonly #lease: NotesLease
  readonly #stops: (() => void)[]
  readonly #pad: NotesPad
  #peers: PersonView[] = []
  #shown: { cursor: unknown } = { cursor: undefined }
  #visible = true
  #view: NotesView | undefined

  /** `changed`: there is something new to project. */
  constructor(core: ChatCore, room: Id, changed: () => void) {
    this.room = room
    this.#core = core
    this.#lease = core.notes.acquire(room)
    const { session } = this.#lease
    this.#pad = {
      fragment: session.fragment,
      setCursor: (cursor) => {
        this.#shown = { cursor }
        this.#show()
      },
      peers: () => this.#peerViews(),
      onPeers: (listener) => session.presence.changed.add(listener),
    }
    this.#stops = [session.changed.add(changed), session.presence.changed.add(changed)]
  }

  /** `visible`: others may be told that the person is here; somebody who does not tell does not see the others either. */
  project(visible: boolean): NotesView {
    const { session } = this.#lease
    if (visible !== this.#visible) {
      this.#visible = visible
      this.#show()
    }
    const people = new Map(this.#peerViews().map(({ id }) => [id, personView(this.#core, id, this.#core.rooms.held(this.room))]))
    this.#peers = keepSameItems(this.#peers, [...people.values()])
    const { save, problem } = session.delivery
    const view: NotesView = {
      room: this.room,
      pad: this.#pad,
      loading: !session.isLoaded || (session.isEmpty && !session.fetched && this.#core.isOnline && session.gone === undefined && session.refused === undefined),
      known: session.fetched || !session.isEmpty,
      save,
      peers: this.#peers,
      ...(problem === undefined ? {} : { problem }),
      ...(session.refused === undefined ? {} : { refused: session.refused }),
      ...(session.gone === undefined ? {} : { gone: session.gone }),
    }
    // The pad stays the same object, and holds a whole document.
    const same = this.#view !== undefined && JSON.stringify({ ...view, pad: 0 }) === JSON.stringify({ ...this.#view, pad: 0 })
    if (this.#view === undefined || !same) this.#view = view
    return this.#view
  }

  close(): void {
    for (const stop of this.#stops) stop()
    this.#lease.session.presence.show(undefined)
    this.#lease.release()
  }

  #show(): void {
    this.#lease.session.presence.show(this.#visible ? this.#shown.cursor : undefined)
  }

  #peerViews(): NotesPeerView[] {
    if (!this.#visible) return []
    const replica = this.#core.rooms.held(this.room)
    return this.#lease.session.presence.peers().map(({ key, user, cursor }) => ({ key, id: user, name: personView(this.#core, user, replica).displayName, cursor }))
  }
}
