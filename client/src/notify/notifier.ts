import { decideNotification, type MessageFacts } from '@chatflow/shared/notify/decide-notification'
import type { NotifySettings } from '@chatflow/shared/notify/notify-settings'
import type { Id } from '@chatflow/shared/ids'
import type { RoomView } from '../chat/views.ts'
import type { Clock, Timer } from '../platform/platform.ts'
import type { Notifications } from '../platform/notifications.ts'
import type { News } from './new-messages.ts'
import { notificationWords } from './notification-words.ts'
import { SoundLimit } from './sound-limit.ts'

/** ms for which a message is held back: where the person looks at the room at another device, its cursor comes within this time. */
export const HELD_BACK = 1_200

export interface NotifierOptions {
  clock: Clock
  notifications: Notifications
  me: Id
  /** The server's time, ms. */
  serverNow(): number
  /** This page is the one that shows notifications, and the person wants them on this device. */
  speaks(): boolean
  /** Somebody looks at the room in some tab of this device. */
  isLookedAt(room: Id): boolean
  room(room: Id): RoomView | undefined
  settings(room: Id): NotifySettings
}

/** Makes notifications of news: one a room, for what of it the person is to be told. */
export class Notifier {
  readonly #options: NotifierOptions
  readonly #waiting: News[] = []
  readonly #sound = new SoundLimit()
  #timer: Timer | undefined
  #working: Promise<void> = Promise.resolve()
  #stopped = false

  constructor(options: NotifierOptions) {
    this.#options = options
  }

  take(news: News): void {
    // Its author knows; nothing has to wait for that.
    if (news.entry().by === this.#options.me) return
    this.#waiting.push(news)
    this.#timer ??= this.#options.clock.setTimeout(() => {
      this.#timer = undefined
      const all = this.#waiting.splice(0)
      this.#working = this.#working.then(() => this.#tell(all)).catch((error: unknown) => console.error(error))
    }, HELD_BACK)
  }

  /** Resolves when what was due has been shown. */
  settled(): Promise<void> {
    return this.#working
  }

  stop(): void {
    this.#stopped = true
    this.#options.clock.clearTimeout(this.#timer)
    this.#waiting.length = 0
  }

  async #tell(all: readonly News[]): Promise<void> {
    const { notifications, speaks } = this.#options
    if (!speaks() || notifications.permission() !== 'granted') return
    const byRoom = new Map<Id, { news: News; sound: boolean; messages: Set<Id> }>()
    for (const news of all) {
      const decision = this.#decide(news)
      if (!decision.notify) continue
      const before = byRoom.get(news.room)
      byRoom.delete(news.room)
      byRoom.set(news.room, { news, sound: decision.sound || before?.sound === true, messages: new Set([...(before?.messages ?? []), news.entry().id]) })
    }
    if (byRoom.size === 0) return
    const there = new Map((await notifications.shown()).map((place) => [place.room, place]))
    for (const [room, { news, sound, messages }] of byRoom) {
      // Nobody is signed in any more: neither is it for anybody, nor are their settings known.
      if (this.#stopped) return
      const view = this.#options.room(room)
      if (!view) continue
      const entry = news.entry()
      const before = there.get(room)
      // By push, perhaps, which was quicker.
      if (before !== undefined && before.message === entry.id && !news.edited) continue
      const earlier = before === undefined ? 0 : before.count - (messages.has(before.message) ? 1 : 0)
      const place = { room, message: entry.id, seq: entry.seq, count: messages.size + earlier }
      const { hideText } = this.#options.settings(room)
      await notifications.show({ ...notificationWords(news, view, place.count, hideText), silent: !this.#soundBySystem(sound), place })
    }
  }

  /** Our own sound where the page may make one; else the system is left to make its own. */
  #soundBySystem(wanted: boolean): boolean {
    return wanted && this.#sound.take(this.#options.clock.now()) && !this.#options.notifications.playSound()
  }

  #decide(news: News) {
    const { me, room, settings, isLookedAt, serverNow } = this.#options
    const view = room(news.room)
    const entry = news.entry()
    const mentionsMe = entry.mentions?.includes(me) === true
    const facts: MessageFacts = {
      kind: view?.kind ?? 'private',
      at: news.edited ? (entry.editedAt ?? entry.receivedAt) : entry.receivedAt,
      own: entry.by === me,
      event: entry.event !== undefined,
      deleted: entry.deleted === true,
      edited: news.edited,
      mentionsMe,
      mentionsRoom: entry.mentionsRoom === true,
      inMyConversation: news.inMyConversation,
    }
    // An edit that mentions comes with a message that may have been read long ago.
    const read = !news.edited && (view?.cursor ?? 0) >= entry.seq
    return decideNotification(facts, settings(news.room), { read, active: isLookedAt(news.room) }, serverNow())
  }
}
