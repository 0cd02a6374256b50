import type { Entry, Mention } from '@chatflow/shared/entry'
import type { Id } from '@chatflow/shared/ids'
import type { ChatCore } from '../sync/chat-core.ts'
import { rootOf } from '../sync/conversation.ts'
import type { RoomReplica } from '../sync/room-replica.ts'
import type { PersonView } from '../chat/views.ts'
import { personView } from '../chat/people-view.ts'

/** A message that has come, or has been changed so that it names the person now. */
export interface News {
  room: Id
  author: PersonView
  edited: boolean
  /** It answers in a conversation that the person began or has answered in, as far as that is held here. */
  inMyConversation: boolean
  /** As it is now: it may be changed or deleted while it is being thought about. */
  entry(): Entry
}

/** Places that are looked at below the newest one. */
const LOOKED_AT = 256

/**
 * Tells of messages that were committed after this page first heard of the server, each once. What was there before is no news:
 * whoever opens the app sees it. Rooms that are not held are told of when their background sync has fetched them.
 */
export class NewMessages {
  readonly #core: ChatCore
  readonly #onNews: (news: News) => void
  /** Highest `seq` that was looked at, by room. */
  readonly #seen = new Map<Id, number>()
  /** Below that, places that were empty when they were looked at, by room: a segment may arrive before the end of the one before. */
  readonly #missing = new Map<Id, Set<number>>()
  readonly #mentions = new Set<string>()
  /** Mentions by an edit, whose message is not here yet as it is now. */
  readonly #awaited = new Map<string, Mention>()
  #knowsMentions = false
  readonly #stops: (() => void)[]

  constructor(core: ChatCore, onNews: (news: News) => void) {
    this.#core = core
    this.#onNews = onNews
    this.#stops = [core.rooms.changed.add((replica) => this.#look(replica)), core.mine.changed.add(() => this.#lookAtMentions())]
    this.#lookAtMentions()
  }

  stop(): void {
    for (const stop of this.#stops) stop()
  }

  #look(replica: RoomReplica): void {
    const since = this.#core.serverClock.first
    if (since === undefined) return
    const { room, highest } = replica
    const seen = this.#seen.get(room) ?? 0
    const missing = this.#missing.get(room) ?? new Set()
    if (highest > seen || missing.size > 0) {
      this.#seen.set(room, Math.max(highest, seen))
      const entries: Entry[] = []
      const empty = new Set<number>()
      for (let seq = Math.max(highest, seen), last = seq - LOOKED_AT; seq > Math.max(0, last); seq -= 1) {
        if (seq <= seen && !missing.has(seq)) continue
        const entry = replica.entry(seq)
        // Times of commit never decrease within a room.
        if (entry && entry.receivedAt < since) break
        if (entry) entries.push(entry)
        else empty.add(seq)
      }
      this.#missing.set(room, empty)
      for (const entry of entries.reverse()) this.#tellNew(replica, entry)
    }
    for (const [key, { room: of, seq }] of this.#awaited) {
      const entry = of === room ? replica.entry(seq) : undefined
      if (entry?.editedAt === undefined || entry.editedAt < since) continue
      this.#awaited.delete(key)
      this.#tell(replica, entry, true)
    }
  }

  /** A mention in a message that has been looked at before comes from an edit. */
  #lookAtMentions(): void {
    const { mine, rooms, serverClock } = this.#core
    const started = this.#knowsMentions
    for (const mention of mine.mentions()) {
      const key = `${mention.room}/${mention.seq}`
      if (this.#mentions.has(key)) continue
      this.#mentions.add(key)
      if (!started || (this.#seen.get(mention.room) ?? 0) < mention.seq) continue
      this.#awaited.set(key, mention)
      const replica = rooms.held(mention.room)
      if (replica) this.#look(replica)
    }
    // Those of before the first greeting are old.
    if (mine.confirmed && serverClock.first !== undefined) this.#knowsMentions = true
  }

  /** What the user document says of its mention, now or later, is no news then. */
  #tellNew(replica: RoomReplica, entry: Entry): void {
    if (entry.mentionsRoom === true || entry.mentions?.includes(this.#core.user.id) === true) {
      const key = `${replica.room}/${entry.seq}`
      this.#mentions.add(key)
      this.#awaited.delete(key)
    }
    this.#tell(replica, entry, false)
  }

  #tell(replica: RoomReplica, entry: Entry, edited: boolean): void {
    this.#onNews({
      room: replica.room,
      author: personView(this.#core, entry.by, replica),
      edited,
      inMyConversation: this.#isInMyConversation(replica, entry),
      entry: () => replica.entry(entry.seq) ?? entry,
    })
  }

  #isInMyConversation(replica: RoomReplica, entry: Entry): boolean {
    const root = rootOf(entry)
    if (root === undefined) return false
    const me = this.#core.user.id
    return replica.entries().some((other) => other.by === me && !other.deleted && (other.id === root || rootOf(other) === root))
  }
}
