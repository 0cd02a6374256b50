import { statusAt } from '@chatflow/shared/own-settings'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Platform, Timer } from '../platform/platform.ts'
import { Account } from '../sync/account.ts'
import type { ChatCore } from '../sync/chat-core.ts'
import { NotificationCenter } from '../notify/notification-center.ts'
import { createAccountActions } from './account-actions.ts'
import { addPasskey } from './add-passkey.ts'
import { language } from '../i18n/language.ts'
import { sentence } from '../i18n/sentence.ts'
import { Confirmations } from './confirmations.ts'
import { createCoreActions } from './chat-actions.ts'
import type { Chat, ChatActions, ChatState, ServerCalls } from './contract.ts'
import type { Notice } from './views.ts'
import { followAccount } from './follow-account.ts'
import { formResult } from './form-result.ts'
import { createLookups } from './lookups.ts'
import { OpenViews } from './open-views.ts'
import { overlayOf } from './overlay.ts'
import { readPreferences } from './preferences.ts'
import { markAllRead } from './mark-all-read.ts'
import { projectMentions } from './project-mentions.ts'
import { projectRooms, settingOf } from './project-rooms.ts'
import { projectScheduled } from './project-scheduled.ts'
import { RefusedChanges } from './refused-changes.ts'
import { keepSame, keepSameItems } from './same.ts'
import { SETTINGS } from './settings.ts'
import { SignedIn, undeliveredOf } from './signed-in.ts'
import { START } from './start-state.ts'
import { StatusTimer } from './status-timer.ts'
import { createServerCalls } from './server-calls.ts'

/** Keeps the screen's state in step with the core of whoever is signed in. */
export class ChatController {
  readonly store: StoreApi<ChatState> = createStore(() => START)
  readonly actions: ChatActions
  readonly #platform: Platform
  readonly #confirmations: Confirmations
  readonly #server: ServerCalls
  readonly #notifications: NotificationCenter
  readonly #signedIn: SignedIn
  readonly #statuses: StatusTimer
  readonly #refused = new RefusedChanges((code) => this.#notify({ kind: 'error', text: sentence(`errors.${code}`) }))
  readonly #followAccount: ReturnType<typeof followAccount>
  #open: OpenViews | undefined
  #timer: Timer | undefined
  #applyUpdate: () => void = () => undefined
  #away = false
  #mentionsRead = 0

  constructor(platform: Platform) {
    const account = new Account(platform)
    this.#platform = platform
    this.#followAccount = followAccount(account)
    this.#statuses = new StatusTimer(platform.clock, () => this.#schedule())
    this.#confirmations = new Confirmations(account, (confirmation) => this.store.setState({ confirmation }))
    this.#server = createServerCalls(platform, account, this.#confirmations)
    this.#notifications = new NotificationCenter({
      platform,
      call: this.#server.call,
      rooms: () => this.store.getState().rooms,
      setting: (key) => {
        const { core } = this.#signedIn
        return core && settingOf(core, overlayOf(core))(key)
      },
      setSetting: (key, value) => this.actions.setSetting(key, value),
      onChange: () => this.#schedule(),
    })
    this.#signedIn = new SignedIn(platform, account, this.#notifications)
    this.#signedIn.entered.add((core) => this.#entered(core))
    this.#signedIn.leaving.add(() => this.#leave())
    this.#signedIn.ended.add(() => this.#showSignedOut())
    this.#signedIn.renewed.add(() => this.#project())
    this.store.setState({ passkeys: platform.passkeys.available })
    // Each new token comes with the account as it is now.
    account.onFresh(() => this.#schedule())
    const signedIn = this.#signedIn
    this.actions = {
      ...createCoreActions(() => this.#core(), platform.newId, (text) => this.#notify({ kind: 'error', text })),
      ...createLookups(() => this.#core()),
      ...createAccountActions(platform, account, this.#confirmations, { changed: () => this.#project(), gone: () => signedIn.accountGone() }),
      ...this.#notifications.actions,
      register: (form) => formResult(signedIn.signIn(() => account.register({ ...form, language: language() }))),
      signIn: (form) => formResult(signedIn.signIn(() => account.signIn(form))),
      signInWith: (step) => formResult(signedIn.signIn(() => account.signInWith(step))),
      confirm: (step) => formResult(this.#confirmations.confirm(step)),
      cancelConfirmation: () => this.#confirmations.cancel(),
      addPasskey: (form) => addPasskey(platform, this.#server, form),
      signOut: (options) => signedIn.signOut(options?.discard === true),
      refreshAccount: () => signedIn.refresh(),
      openRoom: (room) => this.#open?.openRoom(room),
      prepareRoom: (room) => signedIn.core?.rooms.prepare(room),
      showRange: (first, last) => signedIn.core?.rooms.show({ first, last }),
      markAllRead: () => this.#markAllRead(),
      readMentions: (count) => this.#readMentions(count),
      openThread: (root) => this.#open?.openThread(root),
      openNotes: (room) => this.#open?.openNotes(room),
      discardNotes: async () => this.#open?.discardNotes(),
      showOlderAnswers: () => this.#open?.showOlderAnswers(),
      search: (ask, options) => this.#open?.search(ask, options?.now === true),
      searchMore: () => this.#open?.searchMore(),
      holdResults: () => this.#open?.holdResults(),
      alsoShow: (seqs) => signedIn.core?.rooms.alsoShow(seqs),
      dismissNotice: (id) => this.store.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) })),
      applyUpdate: () => this.#applyUpdate(),
    }
  }

  get chat(): Chat {
    return { store: this.store, actions: this.actions, server: this.#server }
  }

  async start(): Promise<void> {
    await this.#signedIn.start()
  }

  offerUpdate(apply: () => void): void {
    this.#applyUpdate = apply
    this.store.setState({ updateReady: true })
  }

  /** Nobody has touched the page for a while, or somebody does again. */
  setAway(away: boolean): void {
    this.#away = away
    this.#signedIn.core?.presence.setStatus(away ? 'away' : 'online')
    this.#notifications.setAway(away)
  }

  /** The page is in sight and has the focus, or not any more. */
  setAttentive(attentive: boolean): void {
    this.#notifications.setAttentive(attentive)
  }

  /** The page goes away, perhaps. */
  leaves(): void {
    this.#signedIn.core?.queue.leave()
  }

  /** The page comes into sight. */
  cameBack(): void {
    this.#signedIn.cameBack()
  }

  /** Words that stand for what has no name are in the language of the screen. */
  languageChanged(): void {
    this.#project()
  }

  async close(): Promise<void> {
    await this.#signedIn.close()
  }

  #core(): ChatCore {
    const { core } = this.#signedIn
    if (!core) throw new Error('Nobody is signed in.')
    return core
  }

  #entered(core: ChatCore): void {
    core.presence.setStatus(this.#away ? 'away' : 'online')
    core.changed.add(() => this.#schedule())
    core.queue.changed.add(() => this.#schedule())
    this.#open = new OpenViews({
      core,
      clock: this.#platform.clock,
      notifications: this.#notifications,
      rooms: () => this.store.getState().rooms,
      onOpened: () => this.#project(),
      onChange: () => this.#schedule(),
    })
    this.#project()
  }

  #leave(): void {
    this.#open?.close()
    this.#open = undefined
    this.store.setState({ search: undefined })
    this.#platform.clock.clearTimeout(this.#timer)
    this.#timer = undefined
    this.#statuses.stop()
  }

  #showSignedOut(): void {
    this.#confirmations.cancel()
    const { updateReady, passkeys } = this.store.getState()
    this.store.setState({ ...START, phase: 'signed-out', updateReady, passkeys })
  }

  #readMentions(count: number): void {
    this.#mentionsRead = count
    this.#project()
  }

  #markAllRead(): void {
    const core = this.#core()
    const { count, undo } = markAllRead(core, overlayOf(core), this.store.getState().rooms, this.actions)
    if (count === 0) this.#notify({ kind: 'info', text: sentence('chat.allRead') })
    else this.#notify({ kind: 'info', text: sentence('chat.roomsRead', { count }), action: { label: 'chat.undo', run: undo } })
  }

  /** Many changes of one moment make one new state. */
  #schedule(): void {
    this.#timer ??= this.#platform.clock.setTimeout(() => {
      this.#timer = undefined
      this.#project()
    }, 0)
  }

  #project(): void {
    const { core } = this.#signedIn
    if (!core) return
    this.#refused.clear(core)
    this.#followAccount(core)
    const overlay = overlayOf(core)
    const setting = settingOf(core, overlay)
    const before = this.store.getState()
    const rooms = keepSameItems(before.rooms, projectRooms(core, overlay))
    const preferences = keepSame(before.preferences, readPreferences(setting))
    this.store.setState({
      phase: 'ready',
      user: keepSame(before.user, core.user),
      status: keepSame(before.status, statusAt(setting(SETTINGS.status), core.now())),
      connection: core.connection.state,
      preferences,
      durable: core.durable,
      notifications: keepSame(before.notifications, this.#notifications.view()),
      rooms,
      mentions: keepSameItems(before.mentions, projectMentions(core, overlay, this.#mentionsRead)),
      linkPreviews: core.mine.linkPreviews(),
      openReports: core.mine.openReports(),
      ...this.#open?.project(overlay, rooms, preferences.showPresence, before.search),
      scheduled: keepSameItems(before.scheduled, projectScheduled(core, overlay, rooms)),
      undelivered: undeliveredOf(core),
    })
    this.#statuses.follow(this.store.getState())
    this.#notifications.follow(rooms)
  }

  #notify(notice: Omit<Notice, 'id'>): void {
    this.store.setState(({ notices }) => ({ notices: [...notices, { id: this.#platform.newId(), ...notice }] }))
  }
}
