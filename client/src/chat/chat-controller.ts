import type { Me } from '@chatflow/shared/api/account'
import type { Id } from '@chatflow/shared/ids'
import { statusAt } from '@chatflow/shared/own-settings'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Platform, TabChannel, Timer } from '../platform/platform.ts'
import { Account } from '../sync/account.ts'
import { createChatCore, type ChatCore } from '../sync/chat-core.ts'
import { NotificationCenter } from '../notify/notification-center.ts'
import { createAccountActions } from './account-actions.ts'
import { challengeOf, type Confirmation } from '../sync/second-step.ts'
import { addPasskey } from './add-passkey.ts'
import { language } from '../i18n/language.ts'
import { sentence } from '../i18n/sentence.ts'
import type { Sentence } from '../i18n/sentence.ts'
import { Confirmations } from './confirmations.ts'
import { createCoreActions } from './chat-actions.ts'
import type { Chat, ChatActions, ChatState, FormResult, ServerCalls } from './contract.ts'
import type { Notice, SearchAsk, SearchView } from './views.ts'
import { buildOverlay, type Overlay } from './overlay.ts'
import { readPreferences } from './preferences.ts'
import { markAllRead } from './mark-all-read.ts'
import { NotesProjection } from './project-notes.ts'
import { projectMentions } from './project-mentions.ts'
import { projectRooms, settingOf } from './project-rooms.ts'
import { ThreadProjection } from './project-thread.ts'
import { projectScheduled } from './project-scheduled.ts'
import { TimelineProjection } from './project-timeline.ts'
import { RefusedChanges } from './refused-changes.ts'
import { keepSame, keepSameItems } from './same.ts'
import { SearchRun } from './search-run.ts'
import { SETTINGS } from './settings.ts'
import { StatusTimer } from './status-timer.ts'
import { refusalOf } from './refusal-words.ts'
import { createServerCalls } from './server-calls.ts'

/** Told to other tabs: who is signed in on this device has changed. */
interface SessionChanged {
  type: 'session'
  /** Said in the message, because what another tab has written into the storage arrives later than what it says. */
  signedIn: boolean
}

const START: ChatState = {
  phase: 'starting',
  user: undefined,
  status: undefined,
  connection: { state: 'connecting' },
  preferences: readPreferences(() => undefined),
  durable: true,
  passkeys: false,
  notifications: { permission: 'unsupported', on: false, offered: false, push: 'unavailable' },
  rooms: [],
  mentions: [],
  linkPreviews: false,
  openReports: 0,
  timeline: undefined,
  thread: undefined,
  notes: undefined,
  search: undefined,
  scheduled: [],
  undelivered: 0,
  notices: [],
  confirmation: undefined,
  updateReady: false,
}

/** Keeps the screen's state in step with the core of whoever is signed in. */
export class ChatController {
  readonly store: StoreApi<ChatState> = createStore(() => START)
  readonly actions: ChatActions
  readonly #platform: Platform
  readonly #account: Account
  readonly #confirmations: Confirmations
  readonly #server: ServerCalls
  readonly #notifications: NotificationCenter
  readonly #tabs: TabChannel
  readonly #statuses: StatusTimer
  readonly #refused = new RefusedChanges((code) => this.#tell(sentence(`errors.${code}`)))
  #core: ChatCore | undefined
  #visit: TimelineProjection | undefined
  #thread: ThreadProjection | undefined
  #notes: NotesProjection | undefined
  #search: SearchRun | undefined
  #timer: Timer | undefined
  #applyUpdate: () => void = () => undefined
  #entering: Promise<void> = Promise.resolve()
  #away = false
  #mentionsRead = 0

  constructor(platform: Platform) {
    this.#platform = platform
    this.#account = new Account(platform)
    this.#statuses = new StatusTimer(platform.clock, () => this.#schedule())
    this.#confirmations = new Confirmations(this.#account, (confirmation) => this.store.setState({ confirmation }))
    this.#server = createServerCalls(platform, this.#account, this.#confirmations)
    this.#notifications = new NotificationCenter({
      platform,
      call: this.#server.call,
      rooms: () => this.store.getState().rooms,
      setting: (key) => (this.#core === undefined ? undefined : settingOf(this.#core, this.#overlay(this.#core))(key)),
      onChange: () => this.#schedule(),
    })
    this.store.setState({ passkeys: platform.passkeys.available })
    this.#tabs = platform.openTabs('chatflow')
    this.#tabs.subscribe((message) => this.#sessionChangedElsewhere(message as SessionChanged))
    // Each new token comes with the account as it is now.
    this.#account.onFresh(() => this.#schedule())
    this.actions = {
      ...createCoreActions(() => this.#signedIn(), platform.newId, (text) => this.#tell(text)),
      ...createAccountActions(platform, this.#account, this.#confirmations, { changed: () => this.#project(), gone: () => this.#accountGone() }),
      ...this.#notifications.actions,
      register: (form) => this.#form(() => this.#account.register({ ...form, language: language() })),
      signIn: (form) => this.#form(() => this.#account.signIn(form)),
      signInWith: (step) => this.#form(() => this.#account.signInWith(step)),
      confirm: (step) => this.#confirm(step),
      cancelConfirmation: () => this.#confirmations.cancel(),
      addPasskey: (form) => addPasskey(platform, this.#server, form),
      signOut: (options) => this.#signOut(options?.discard === true),
      refreshAccount: () => this.#refreshAccount(),
      openRoom: (room) => this.#openRoom(room),
      prepareRoom: (room) => this.#core?.rooms.prepare(room),
      showRange: (first, last) => this.#core?.rooms.show({ first, last }),
      markAllRead: () => this.#markAllRead(),
      readMentions: (count) => this.#readMentions(count),
      openThread: (root) => this.#openThread(root),
      openNotes: (room) => this.#openNotes(room),
      discardNotes: () => this.#discardNotes(),
      showOlderAnswers: () => this.#thread?.older(),
      search: (ask, options) => this.#searchFor(ask, options?.now === true),
      searchMore: () => this.#search?.more(),
      holdResults: () => this.#search?.hold(),
      alsoShow: (seqs) => this.#core?.rooms.alsoShow(seqs),
      dismissNotice: (id) => this.store.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) })),
      applyUpdate: () => this.#applyUpdate(),
    }
  }

  get chat(): Chat {
    return { store: this.store, actions: this.actions, server: this.#server }
  }

  /** Opens what is on this device at once; the network is asked only where nobody is known here. */
  async start(): Promise<void> {
    if (this.#account.isKnown || (await this.#account.resume())) await this.#enter(this.#account.user)
    else this.store.setState({ phase: 'signed-out' })
  }

  offerUpdate(apply: () => void): void {
    this.#applyUpdate = apply
    this.store.setState({ updateReady: true })
  }

  /** Nobody has touched the page for a while, or somebody does again. */
  setAway(away: boolean): void {
    this.#away = away
    this.#core?.presence.setStatus(away ? 'away' : 'online')
    this.#notifications.setAway(away)
  }

  /** The page is in sight and has the focus, or not any more. */
  setAttentive(attentive: boolean): void {
    this.#notifications.setAttentive(attentive)
  }

  /** The page comes into sight. */
  cameBack(): void {
    this.#core?.connection.hurry()
    // Back from the mail, perhaps, or from setting up a second factor elsewhere.
    if (this.#core && (!this.#core.user.emailVerified || this.#core.user.secondFactorMissing === true)) void this.#refreshAccount()
  }

  /** Words that stand for what has no name are in the language of the screen. */
  languageChanged(): void {
    this.#project()
  }

  async close(): Promise<void> {
    this.#account.stop()
    this.#tabs.close()
    await this.#leave()
  }

  #signedIn(): ChatCore {
    if (!this.#core) throw new Error('Nobody is signed in.')
    return this.#core
  }

  #enter(user: Me): Promise<void> {
    this.#entering = this.#entering.then(async () => {
      if (this.#core?.user.id === user.id) {
        this.#core.connection.hurry()
        this.#project()
        return
      }
      await this.#leave()
      const core = await createChatCore(this.#platform, { session: this.#account })
      this.#core = core
      core.presence.setStatus(this.#away ? 'away' : 'online')
      core.changed.add(() => this.#schedule())
      core.queue.changed.add(() => this.#schedule())
      this.#notifications.enter(core)
      this.#project()
      core.start()
    })
    return this.#entering
  }

  async #leave(): Promise<void> {
    const core = this.#core
    this.#core = undefined
    this.#visit = undefined
    this.#notes?.close()
    this.#notes = undefined
    this.#searchFor(undefined, false)
    this.#platform.clock.clearTimeout(this.#timer)
    this.#statuses.stop()
    this.#timer = undefined
    this.#notifications.leave()
    await core?.close()
  }

  async #form(send: () => Promise<Me>): Promise<FormResult> {
    try {
      const user = await send()
      await this.#enter(user)
      this.#notifications.signedIn()
      this.#tabs.post({ type: 'session', signedIn: true } satisfies SessionChanged)
      return { ok: true }
    } catch (error) {
      return refusedForm(error)
    }
  }

  async #confirm(step: Confirmation): Promise<FormResult> {
    try {
      await this.#confirmations.confirm(step)
      return { ok: true }
    } catch (error) {
      return refusedForm(error)
    }
  }

  async #signOut(discard: boolean): Promise<{ undelivered: number }> {
    const core = this.#core
    const undelivered = undeliveredOf(core)
    if (undelivered > 0 && !discard) return { undelivered }
    this.#core = undefined
    await this.#account.signOut(() => this.#wipe(core))
    return { undelivered: 0 }
  }

  async #accountGone(): Promise<void> {
    const core = this.#core
    this.#core = undefined
    this.#account.forget()
    await this.#wipe(core)
  }

  /** Nobody is signed in: nothing of them stays on this device. Other tabs are told first, so that they write nothing behind our back. */
  async #wipe(core: ChatCore | undefined): Promise<void> {
    this.#searchFor(undefined, false)
    this.#tabs.post({ type: 'session', signedIn: false } satisfies SessionChanged)
    await this.#notifications.signedOut()
    await core?.wipe()
    await this.#leave()
    this.#showSignedOut()
  }

  async #refreshAccount(): Promise<void> {
    if (!this.#account.isKnown) return
    try {
      await this.#account.reload()
    } catch {
      // Offline, or the session has ended: either is shown elsewhere.
      return
    }
    this.#project()
    // A second factor that was missing may be there now.
    this.#core?.connection.hurry()
    this.#tabs.post({ type: 'session', signedIn: true } satisfies SessionChanged)
  }

  /** Another tab signed in or out: who is signed in is read again. */
  #sessionChangedElsewhere({ signedIn }: SessionChanged): void {
    if (!signedIn) {
      const core = this.#core
      this.#core = undefined
      this.#account.forget()
      this.#notifications.leave()
      // This tab's stores would come back with its last write: each tab removes them.
      void Promise.resolve(core?.wipe()).then(() => this.#leave()).then(() => this.#showSignedOut())
      return
    }
    this.#account.reread()
    if (this.#account.isKnown) void this.#enter(this.#account.user)
    else void this.#leave().then(() => this.#showSignedOut())
  }

  #showSignedOut(): void {
    this.#confirmations.cancel()
    const { updateReady, passkeys } = this.store.getState()
    this.store.setState({ ...START, phase: 'signed-out', updateReady, passkeys })
  }

  #openRoom(room: Id | undefined): void {
    const core = this.#core
    if (!core || this.#visit?.room === room) return
    if (this.#thread !== undefined) this.#openThread(undefined)
    core.openRoom(room)
    this.#notifications.setOpen(room)
    this.#visit = room === undefined ? undefined : new TimelineProjection(core, room, this.#overlay(core))
    this.#project()
  }

  #searchFor(ask: SearchAsk | undefined, now: boolean): void {
    const core = this.#core
    if (core === undefined || ask === undefined) {
      this.#search?.close()
      this.#search = undefined
      this.store.setState({ search: undefined })
      return
    }
    this.#search ??= new SearchRun({
      core,
      clock: this.#platform.clock,
      rooms: () => this.store.getState().rooms,
      overlay: () => this.#overlay(core),
      timeZone: () => new Intl.DateTimeFormat('en').resolvedOptions().timeZone,
      onChange: () => this.#schedule(),
    })
    this.#search.set(ask, now)
    this.#project()
  }

  #readMentions(count: number): void {
    this.#mentionsRead = count
    this.#project()
  }

  #markAllRead(): void {
    const core = this.#signedIn()
    const { count, undo } = markAllRead(core, this.#overlay(core), this.store.getState().rooms, this.actions)
    if (count === 0) this.#notify({ kind: 'info', text: sentence('chat.allRead') })
    else this.#notify({ kind: 'info', text: sentence('chat.roomsRead', { count }), action: { label: 'chat.undo', run: undo } })
  }

  #openThread(root: Id | undefined): void {
    const core = this.#core
    const room = this.#visit?.room
    if (this.#thread?.root === root && this.#thread?.room === room) return
    this.#thread?.close()
    this.#thread = core === undefined || room === undefined || root === undefined ? undefined : new ThreadProjection(core, room, root, () => this.#schedule())
    this.#project()
  }

  #openNotes(room: Id | undefined): void {
    const core = this.#core
    if (!core || this.#notes?.room === room) return
    this.#notes?.close()
    this.#notes = room === undefined ? undefined : new NotesProjection(core, room, () => this.#schedule())
    this.#project()
  }

  async #discardNotes(): Promise<void> {
    const room = this.#notes?.room
    if (room === undefined) return
    this.#openNotes(undefined)
    await this.#signedIn().notes.startOver(room)
    this.#openNotes(room)
  }

  /** Many changes of one moment make one new state. */
  #schedule(): void {
    this.#timer ??= this.#platform.clock.setTimeout(() => {
      this.#timer = undefined
      this.#project()
    }, 0)
  }

  #project(): void {
    const core = this.#core
    if (!core) return
    this.#refused.clear(core)
    this.#followAccount(core)
    const overlay = this.#overlay(core)
    const before = this.store.getState()
    const rooms = keepSameItems(before.rooms, projectRooms(core, overlay))
    const preferences = keepSame(before.preferences, readPreferences(settingOf(core, overlay)))
    this.store.setState({
      phase: 'ready',
      user: keepSame(before.user, core.user),
      status: keepSame(before.status, statusAt(settingOf(core, overlay)(SETTINGS.status), core.now())),
      connection: core.connection.state,
      preferences,
      durable: core.durable,
      notifications: keepSame(before.notifications, this.#notifications.view()),
      rooms,
      mentions: keepSameItems(before.mentions, projectMentions(core, overlay, this.#mentionsRead)),
      linkPreviews: core.mine.linkPreviews(),
      openReports: core.mine.openReports(),
      timeline: this.#visit?.project(overlay),
      thread: this.#thread?.project(overlay),
      notes: this.#notes?.project(preferences.showPresence),
      search: this.#search && keepSameSearch(before.search, this.#search.project(overlay, rooms)),
      scheduled: keepSameItems(before.scheduled, projectScheduled(core, overlay, rooms)),
      undelivered: undeliveredOf(core),
    })
    this.#statuses.follow(this.store.getState())
    this.#notifications.follow(rooms)
  }

  /** Names and picture may have been changed by this page, or on another device, which the user document tells. */
  #followAccount(core: ChatCore): void {
    const person = core.mine.confirmed ? core.mine.people().get(core.user.id) : undefined
    const told = JSON.stringify(person)
    // Without a username the account is gone, which its session will say.
    if (person !== undefined && person.username !== '' && told !== this.#toldOfMe) {
      this.#toldOfMe = told
      const { avatar, ...me } = { ...this.#account.user, ...person, avatar: person.avatar }
      this.#account.learn(avatar === undefined ? me : { ...me, avatar })
    }
    if (this.#account.isKnown && this.#account.user.id === core.user.id) core.user = this.#account.user
  }

  /** What the user document last said of the person: what this page changed itself may be ahead of it. */
  #toldOfMe: string | undefined

  #overlay(core: ChatCore): Overlay {
    const replicas = core.replicas()
    return buildOverlay(core.queue.list().filter((record) => core.isLaidOver(record, replicas)))
  }

  #tell(text: Sentence): void {
    this.#notify({ kind: 'error', text })
  }

  #notify(notice: Omit<Notice, 'id'>): void {
    this.store.setState(({ notices }) => ({ notices: [...notices, { id: this.#platform.newId(), ...notice }] }))
  }
}

/** Notes of one room count as one. */
function undeliveredOf(core: ChatCore | undefined): number {
  return core === undefined ? 0 : core.undelivered().length + core.notes.undelivered
}

function keepSameSearch(before: SearchView | undefined, after: SearchView): SearchView {
  return keepSame(before, { ...after, hits: keepSameItems(before?.hits ?? [], after.hits) })
}

function refusedForm(error: unknown): FormResult {
  const secondFactor = challengeOf(error)
  return { ...refusalOf(error), ...(secondFactor === undefined ? {} : { secondFactor }) }
}
