import type { Id } from '@chatflow/shared/ids'
import type { NotificationCenter } from '../notify/notification-center.ts'
import type { Clock } from '../platform/platform.ts'
import type { ChatCore } from '../sync/chat-core.ts'
import type { ChatState } from './contract.ts'
import { overlayOf, type Overlay } from './overlay.ts'
import { NotesProjection } from './project-notes.ts'
import { ThreadProjection } from './project-thread.ts'
import { TimelineProjection } from './project-timeline.ts'
import { keepSame, keepSameItems } from './same.ts'
import { SearchRun } from './search-run.ts'
import type { RoomView, SearchAsk, SearchView } from './views.ts'

export interface OpenViewsOptions {
  core: ChatCore
  clock: Clock
  notifications: Pick<NotificationCenter, 'setOpen'>
  /** As they are shown. */
  rooms(): readonly RoomView[]
  /** Another view is open: the screen shows it at once. */
  onOpened(): void
  /** There is something new in what is open. */
  onChange(): void
}

/** What the screen has open of whoever is signed in: a room, a conversation in it, notes, a search. */
export class OpenViews {
  readonly #options: OpenViewsOptions
  #room: TimelineProjection | undefined
  #thread: ThreadProjection | undefined
  #notes: NotesProjection | undefined
  #search: SearchRun | undefined
  #closed = false

  constructor(options: OpenViewsOptions) {
    this.#options = options
  }

  openRoom(room: Id | undefined): void {
    const { core, notifications, onOpened } = this.#options
    if (this.#room?.room === room) return
    this.#closeThread()
    core.openRoom(room)
    notifications.setOpen(room)
    this.#room = room === undefined ? undefined : new TimelineProjection(core, room, overlayOf(core))
    onOpened()
  }

  /** A conversation of the open room, by the message that it began with. */
  openThread(root: Id | undefined): void {
    const { core, onOpened, onChange } = this.#options
    const room = this.#room?.room
    if (this.#thread?.root === root && this.#thread?.room === room) return
    this.#closeThread()
    if (room !== undefined && root !== undefined) this.#thread = new ThreadProjection(core, room, root, onChange)
    onOpened()
  }

  showOlderAnswers(): void {
    this.#thread?.older()
  }

  openNotes(room: Id | undefined): void {
    const { core, onOpened, onChange } = this.#options
    if (this.#notes?.room === room) return
    this.#notes?.close()
    this.#notes = room === undefined ? undefined : new NotesProjection(core, room, onChange)
    onOpened()
  }

  async discardNotes(): Promise<void> {
    const room = this.#notes?.room
    if (room === undefined) return
    this.openNotes(undefined)
    await this.#options.core.notes.startOver(room)
    // Signed out in the meantime, or gone on to other notes.
    if (!this.#closed && this.#notes === undefined) this.openNotes(room)
  }

  search(ask: SearchAsk | undefined, now: boolean): void {
    const { core, clock, rooms, onOpened, onChange } = this.#options
    if (ask === undefined) this.#closeSearch()
    else {
      this.#search ??= new SearchRun({
        core,
        clock,
        rooms,
        overlay: () => overlayOf(core),
        timeZone: () => new Intl.DateTimeFormat('en').resolvedOptions().timeZone,
        onChange,
      })
      this.#search.set(ask, now)
    }
    onOpened()
  }

  searchMore(): void {
    this.#search?.more()
  }

  holdResults(): void {
    this.#search?.hold()
  }

  /** `before`: what is shown of the search. */
  project(overlay: Overlay, rooms: readonly RoomView[], showPresence: boolean, before: SearchView | undefined): Pick<ChatState, 'timeline' | 'thread' | 'notes' | 'search'> {
    return {
      timeline: this.#room?.project(overlay),
      thread: this.#thread?.project(overlay),
      notes: this.#notes?.project(showPresence),
      search: this.#search && keepSameSearch(before, this.#search.project(overlay, rooms)),
    }
  }

  close(): void {
    this.#closed = true
    this.#room = undefined
    this.#closeThread()
    this.#notes?.close()
    this.#notes = undefined
    this.#closeSearch()
  }

  #closeThread(): void {
    this.#thread?.close()
    this.#thread = undefined
  }

  #closeSearch(): void {
    this.#search?.close()
    this.#search = undefined
  }
}

function keepSameSearch(before: SearchView | undefined, after: SearchView): SearchView {
  return keepSame(before, { ...after, hits: keepSameItems(before?.hits ?? [], after.hits) })
}
