import type { Me } from '@chatflow/shared/api/account'
import type { NotificationCenter } from '../notify/notification-center.ts'
import type { Platform, TabChannel } from '../platform/platform.ts'
import type { Account } from '../sync/account.ts'
import { createChatCore, type ChatCore } from '../sync/chat-core.ts'
import { Listeners } from '../sync/listeners.ts'

/** Told to other tabs: who is signed in on this device has changed. */
interface SessionChanged {
  type: 'session'
  /** Said in the message, because what another tab has written into the storage arrives later than what it says. */
  signedIn: boolean
}

export type SignedInNotifications = Pick<NotificationCenter, 'enter' | 'leave' | 'signedIn' | 'signedOut'>

/** Whoever is signed in on this device, in all of its tabs: their core comes with them, and goes with them. */
export class SignedIn {
  /** Somebody is here; the core is started after this. */
  readonly entered = new Listeners<ChatCore>()
  /** The core is about to go: whoever holds something of it lets go. */
  readonly leaving = new Listeners()
  /** Nobody is signed in, and nothing of anybody is on this device. */
  readonly ended = new Listeners()
  /** The one who is here may be known better, or has signed in again. */
  readonly renewed = new Listeners()
  readonly #platform: Platform
  readonly #account: Account
  readonly #notifications: SignedInNotifications
  readonly #tabs: TabChannel
  #core: ChatCore | undefined
  #entering: Promise<void> = Promise.resolve()

  constructor(platform: Platform, account: Account, notifications: SignedInNotifications) {
    this.#platform = platform
    this.#account = account
    this.#notifications = notifications
    this.#tabs = platform.openTabs('chatflow')
    this.#tabs.subscribe((message) => this.#changedElsewhere(message as SessionChanged))
  }

  get core(): ChatCore | undefined {
    return this.#core
  }

  /** Opens what is on this device at once; the network is asked only where nobody is known here. */
  async start(): Promise<void> {
    if (this.#account.isKnown || (await this.#account.resume())) await this.#enter(this.#account.user)
    else this.ended.emit()
  }

  /** `send`: shows the server who it is; rejects as that does. */
  async signIn(send: () => Promise<Me>): Promise<void> {
    await this.#enter(await send())
    this.#notifications.signedIn()
    this.#tell(true)
  }

  /** With undelivered commands it does nothing and answers their number, unless `discard` is set. */
  async signOut(discard: boolean): Promise<{ undelivered: number }> {
    const undelivered = undeliveredOf(this.#core)
    if (undelivered > 0 && !discard) return { undelivered }
    const core = this.#take()
    await this.#account.signOut(() => this.#wipe(core))
    return { undelivered: 0 }
  }

  /** The account is no more. */
  async accountGone(): Promise<void> {
    const core = this.#take()
    this.#account.forget()
    await this.#wipe(core)
  }

  /** Asks the server how the account is now, for this and the other tabs; without a network nothing happens. */
  async refresh(): Promise<void> {
    if (!this.#account.isKnown) return
    try {
      await this.#account.reload()
    } catch {
      // Offline, or the session has ended: either is shown elsewhere.
      return
    }
    this.renewed.emit()
    // A second factor that was missing may be there now.
    this.#core?.connection.hurry()
    this.#tell(true)
  }

  /** The page comes into sight. */
  cameBack(): void {
    this.#core?.connection.hurry()
    // Back from the mail, perhaps, or from setting up a second factor elsewhere.
    if (this.#core && (!this.#core.user.emailVerified || this.#core.user.secondFactorMissing === true)) void this.refresh()
  }

  /** The page ends; everybody stays signed in. */
  async close(): Promise<void> {
    this.#account.stop()
    this.#tabs.close()
    await this.#leave()
  }

  #enter(user: Me): Promise<void> {
    // One that failed is not in the way of the next.
    this.#entering = this.#entering.catch(() => undefined).then(async () => {
      if (this.#core?.user.id === user.id) {
        this.#core.connection.hurry()
        this.renewed.emit()
        return
      }
      await this.#leave()
      const core = await createChatCore(this.#platform, { session: this.#account })
      this.#core = core
      this.#notifications.enter(core)
      this.entered.emit(core)
      core.start()
    })
    return this.#entering
  }

  async #leave(): Promise<void> {
    const core = this.#take()
    this.#notifications.leave()
    await core?.close()
  }

  /** From now on nobody is here. */
  #take(): ChatCore | undefined {
    const core = this.#core
    this.#core = undefined
    this.leaving.emit()
    return core
  }

  /** Nobody is signed in: nothing of them stays on this device. Other tabs are told first, so that they write nothing behind our back. */
  async #wipe(core: ChatCore | undefined): Promise<void> {
    this.#tell(false)
    await this.#notifications.signedOut()
    await core?.wipe()
    await this.#leave()
    this.ended.emit()
  }

  /** Another tab signed in or out: who is signed in is read again. */
  #changedElsewhere({ signedIn }: SessionChanged): void {
    if (!signedIn) {
      const core = this.#take()
      this.#account.forget()
      this.#notifications.leave()
      // This tab's stores would come back with its last write: each tab removes them.
      void Promise.resolve(core?.wipe()).then(() => this.#leave()).then(() => this.ended.emit())
      return
    }
    this.#account.reread()
    if (this.#account.isKnown) void this.#enter(this.#account.user)
    else void this.#leave().then(() => this.ended.emit())
  }

  #tell(signedIn: boolean): void {
    this.#tabs.post({ type: 'session', signedIn } satisfies SessionChanged)
  }
}

/** What of this person only this device has; notes of one room count as one. */
export function undeliveredOf(core: ChatCore | undefined): number {
  return core === undefined ? 0 : core.undelivered().length + core.notes.undelivered
}
