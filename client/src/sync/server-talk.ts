import { parseServerMessage } from '@chatflow/shared/stateless'
import type { Clock, Timer } from '../platform/platform.ts'
import type { Connection } from './connection.ts'
import type { DocumentSession } from './document-session.ts'
import type { Greeting } from './greeting.ts'
import type { Presence } from './presence.ts'
import type { RoomKeeper } from './room-keeper.ts'
import type { ServerClock } from './server-clock.ts'
import type { TokenSource } from './token-source.ts'

/** ms between two signs of life on the socket. */
const HEARTBEAT = 15_000

export interface ServerTalkOptions {
  clock: Clock
  session: Pick<TokenSource, 'onFresh'>
  connection: Pick<Connection, 'closed' | 'state' | 'hurry'>
  /** The user's own document: what is said is said beside it. */
  mine: { session: Pick<DocumentSession, 'stateless' | 'sendToken' | 'resync'> }
  greeting: Pick<Greeting, 'meet' | 'stop'>
  serverClock: Pick<ServerClock, 'heard'>
  presence: Pick<Presence, 'greeted' | 'hear' | 'lost'>
  rooms: Pick<RoomKeeper, 'learn'>
  /** A room of which nothing may be held here has gone on. */
  onActivity(): void
}

/** What page and server say to each other beside documents: signs of life, fresh tokens, the hello, who is there, and where something happens. */
export class ServerTalk {
  readonly #options: ServerTalkOptions
  readonly #stopTokens: () => void
  readonly #heartbeat: Timer

  constructor(options: ServerTalkOptions) {
    this.#options = options
    const { clock, session, connection, mine, presence } = options
    connection.closed.add(() => presence.lost())
    this.#stopTokens = session.onFresh(() => {
      mine.session.sendToken()
      if (connection.state.state === 'needs-sign-in' || connection.state.state === 'refused') connection.hurry()
    })
    mine.session.stateless.add((payload) => this.#hear(payload))
    this.#heartbeat = clock.setInterval(() => mine.session.resync(), HEARTBEAT)
  }

  stop(): void {
    this.#options.greeting.stop()
    this.#options.clock.clearInterval(this.#heartbeat)
    this.#stopTokens()
  }

  #hear(payload: string): void {
    const { serverClock, presence, greeting, rooms, onActivity } = this.#options
    const message = parseServerMessage(payload)
    if (message === undefined) return
    switch (message.type) {
      case 'hello':
        serverClock.heard(message.time)
        presence.greeted()
        void greeting.meet(message.epoch)
        return
      case 'presence':
      case 'people':
        presence.hear(message)
        return
      case 'activity':
        rooms.learn(message.room, message.head, message.rev ?? 0)
        onActivity()
    }
  }
}
