/**
 * What the screen sees of the chat: one state (kept in a zustand store) and the actions that change it.
 * Everything below this line of the house (documents, outbox, storage, network) stays behind it;
 * components read `ChatState` and call `ChatActions`, nothing else.
 */
import type { Me, MessagesAfterDeletion } from '@chatflow/shared/api/account'
import type { DirectoryRoom, DirectoryRooms, DirectoryUser } from '@chatflow/shared/api/chat'
import type { AddedPasskey, SecondFactorChallenge } from '@chatflow/shared/api/second-factor'
import type { ErrorCode } from '@chatflow/shared/errors'
import type { Id } from '@chatflow/shared/ids'
import type { PersonStatus } from '@chatflow/shared/own-settings'
import type { ReportOutcome, ReportReason } from '@chatflow/shared/reports'
import type { RoomRole } from '@chatflow/shared/roles'
import type { Sentence } from '../i18n/sentence.ts'
import type { ConnectionState } from '../sync/connection-state.ts'
import type { Confirmation, SecondStep } from '../sync/second-step.ts'
import type { ConfirmationView, MemberView, MentionView, NotesView, Notice, NotificationsView, PersonView, Preferences, RoomView, ScheduledView, SearchAsk, SearchView, ThreadView, TimelineView } from './views.ts'

export type { ConnectionState, SecondStep }

export interface ChatState {
  phase: 'starting' | 'signed-out' | 'ready'
  user: Me | undefined
  /** What the person says of themselves. */
  status: PersonStatus | undefined
  connection: ConnectionState
  preferences: Preferences
  /** The server fetches pages for previews. */
  linkPreviews: boolean
  /** false: this browser keeps nothing; writing works online and says so. */
  durable: boolean
  /** Passkeys can be used in this browser. */
  passkeys: boolean
  notifications: NotificationsView
  rooms: RoomView[]
  /** The last 200, the newest first. */
  mentions: MentionView[]
  /** Reports that the person may settle, counted to 100. */
  openReports: number
  timeline: TimelineView | undefined
  /** The conversation that is open beside it. */
  thread: ThreadView | undefined
  /** The notes of the open room, while they are open. */
  notes: NotesView | undefined
  /** What is being searched for, and what was found; undefined: nothing. */
  search: SearchView | undefined
  /** The next one first. */
  scheduled: ScheduledView[]
  /** Commands of this device that are not settled. */
  undelivered: number
  notices: Notice[]
  /** Something that was asked for waits until the person has confirmed that it is them. `challenge`: the password was right already. */
  confirmation: ConfirmationView | undefined
  /** A new version of the app is waiting: offered, never forced. */
  updateReady: boolean
}

/** Why something was refused: `says` is the reason for people, `fields` what is wrong with each field; both become words when they are shown. `retryAfter`: seconds. */
export interface Refusal {
  ok: false
  code: ErrorCode | 'offline'
  says: Sentence
  fields?: Record<string, Sentence>
  retryAfter?: number
}

/** Result of an account form. `secondFactor`: the password was right and another step is needed. */
export type FormResult = { ok: true } | (Refusal & { secondFactor?: SecondFactorChallenge })

export interface ChatActions {
  /** `invitation`: the code of an invitation link. */
  register(form: { email: string; username: string; displayName: string; password: string; invitation?: string }): Promise<FormResult>
  signIn(form: { login: string; password: string }): Promise<FormResult>
  /** The second step with the ticket of the first, or a passkey alone. */
  signInWith(step: SecondStep): Promise<FormResult>
  /** Answers what `confirmation` waits for; what was asked for then goes on by itself. */
  confirm(step: Confirmation): Promise<FormResult>
  /** Gives it up: whoever asked is told, and keeps what was typed. */
  cancelConfirmation(): void
  /** Has this device make a passkey for whoever is signed in. */
  addPasskey(form: { password: string; name: string }): Promise<Answer<AddedPasskey>>
  /** Ends the session and wipes local data. With undelivered commands it does nothing and answers their number unless `discard` is set. */
  signOut(options?: { discard?: boolean }): Promise<{ undelivered: number }>
  /** Asks the server how the account is now, for this and the other tabs; without a network nothing happens. */
  refreshAccount(): Promise<void>

  /** Changes the own names; shown at once, and to others within two seconds. Needs the network, like all of these four. */
  rename(names: { displayName?: string; username?: string }): Promise<FormResult>
  /** Sets the own picture, or removes it. */
  setPicture(picture: Blob | undefined): Promise<FormResult>
  /** Everything that is kept about the person, as a zip. `onProgress`: bytes that have come. */
  downloadData(onProgress: (bytes: number) => void): Promise<Answer<Blob>>
  /** Deletes the account for good; then nothing of it is left on this device either, and nobody is signed in. */
  deleteAccount(form: { password: string; messages: MessagesAfterDeletion }): Promise<FormResult>

  /** Makes a room the open one (undefined: none). */
  openRoom(room: Id | undefined): void
  /** A finger is on its link: what the device has of the room is loaded before it is opened. */
  prepareRoom(room: Id): void
  /** Says which part of the open room is on the screen: its segments and their neighbours are loaded, others let go. */
  showRange(firstSeq: number, lastSeq: number): void
  /** Loads these places of the open room besides what is on the screen, instead of those named before: for panels that show messages. */
  alsoShow(seqs: readonly number[]): void
  /** Opens a conversation of the open room by the message it began with; undefined: closes it. */
  openThread(root: Id | undefined): void
  showOlderAnswers(): void
  /** Opens the notes of a room; undefined: closes them. What was written in them still goes to the server. */
  openNotes(room: Id | undefined): void
  /** Gives up what this device wrote in the open notes and the server does not take, and begins again with what the server has. */
  discardNotes(): Promise<void>
  /** The person has seen the open room up to `seq` while it was visible. */
  markRead(room: Id, seq: number): void
  markUnread(room: Id, seq: number): void
  /** Every room is read; a notice says so and offers the way back. */
  markAllRead(): void
  /** Reads the text of so many mentions, the newest first, from now on; 0: of none. */
  readMentions(count: number): void

  /**
   * Resolves when the message is kept on this device (shown in the timeline at once, before that).
   * Rejects if it could not be kept: it has then left the timeline, and the composer takes the text back.
   */
  sendMessage(room: Id, text: string, options?: { replyTo?: Id }): Promise<void>
  editMessage(room: Id, message: Id, text: string): Promise<void>
  deleteMessage(room: Id, message: Id): Promise<void>
  react(room: Id, message: Id, emoji: string, on: boolean): Promise<void>
  pin(room: Id, message: Id, on: boolean): Promise<void>
  /** Takes the preview of a link away from an own message, for everyone, or asks for it again. */
  setPreview(room: Id, message: Id, url: string, on: boolean): Promise<void>
  /** The picture of a preview; undefined where it cannot be had, offline say. Never rejects. */
  previewImage(room: Id, image: string): Promise<Blob | undefined>

  retry(command: Id): Promise<void>
  discard(command: Id): Promise<void>

  /** Answers the id of the room, which is open for writing at once, offline too. */
  createRoom(room: { kind: 'public' | 'private'; name: string; topic?: string; members?: Id[] }): Promise<Id>
  startDirect(users: Id[]): Promise<Id>
  joinRoom(room: DirectoryRoom): Promise<void>
  leaveRoom(room: Id): Promise<void>
  updateRoom(room: Id, change: { name?: string; topic?: string }): Promise<void>
  archiveRoom(room: Id): Promise<void>
  unarchiveRoom(room: Id): Promise<void>
  addMember(room: Id, user: Id): Promise<void>
  removeMember(room: Id, user: Id): Promise<void>
  setMemberRole(room: Id, user: Id, role: RoomRole): Promise<void>
  /** Takes the person out and keeps them out until the ban is lifted. */
  banMember(room: Id, user: Id, reason?: string): Promise<void>
  unbanMember(room: Id, user: Id): Promise<void>
  reportMessage(room: Id, message: Id, report: { reason: ReportReason; note?: string }): Promise<void>
  /** Does what the outcome names, too. */
  resolveReport(room: Id, report: Id, decision: { outcome: ReportOutcome; note?: string }): Promise<void>
  /** The server sends it at `sendAt` (ms); a time that has passed means at once. Resolves and rejects like `sendMessage`. */
  scheduleMessage(room: Id, text: string, options: { replyTo?: Id | undefined; sendAt: number }): Promise<void>
  rescheduleMessage(scheduled: Id, change: { text?: string; sendAt?: number }): Promise<void>
  unscheduleMessage(scheduled: Id): Promise<void>
  setSetting(key: string, value: unknown): Promise<void>
  /** What to say of oneself; undefined: nothing. */
  setStatus(status: PersonStatus | undefined): Promise<void>

  /** Has the browser ask the person; to be called in a click. */
  askForNotifications(): Promise<void>
  /** They are not offered on this device any more. */
  putOffNotifications(): void
  /** Whether this device shows any, as far as the browser allows it. */
  setNotificationsHere(on: boolean): void
  /** Whether messages are told of on this device while no page is open. */
  setPushHere(on: boolean): Promise<void>
  /** Shows one, to see what it is like. */
  tryNotification(): Promise<void>

  setTyping(room: Id, typing: boolean): void
  /** Kept after a pause of the typing; an empty text removes the draft. `thread`: of that conversation, not of the room. */
  setDraft(room: Id, text: string, replyTo?: Id, thread?: Id): void
  /** Keeps what is typed into a message that is being changed, on this device; undefined: it is saved or given up. */
  setEdit(room: Id, edit: { message: Id; text: string } | undefined, thread?: Id): void

  /** Everyone that this device knows by name, oneself left out: for lists that must be there at once. */
  knownPeople(): PersonView[]
  /** Directory lookups. Offline they answer from people and rooms known on this device. */
  findUsers(query: string): Promise<DirectoryUser[]>
  findRooms(query: string): Promise<DirectoryRoom[]>
  /** A page of the public rooms from the `offset`th on, the most populated first. */
  browseRooms(query: string, offset: number): Promise<DirectoryRooms>
  /** A page of the room's members by role, with a query those with it in their names; undefined: the server cannot be asked now. */
  findMembers(room: Id, query: string, offset: number): Promise<{ members: MemberView[]; total: number } | undefined>
  /** The first message of a room at or after a time (ms), undefined if all are earlier. Offline, the first of those that are on this device. */
  findSeqAt(room: Id, time: number): Promise<number | undefined>

  /**
   * Searches on this device and on the server; `SearchView` follows. While somebody types it waits for a pause; `now`: they want to see it, also if it is
   * not finished. undefined, or nothing but spaces: no search.
   */
  search(ask: SearchAsk | undefined, options?: { now?: boolean }): void
  searchMore(): void
  /** The person reads the results: what comes from now on goes below them. */
  holdResults(): void

  dismissNotice(id: string): void
  /** Loads the waiting version of the app. */
  applyUpdate(): void
}

/** Answer of a call to a server: its value, or why not. */
export type Answer<T> = { ok: true; value: T } | Refusal

/** The servers as pages about accounts and administration use them: what needs a network and is no part of the chat's own data. */
export interface ServerCalls {
  /** With the access token of whoever is signed in; `body` as JSON. Where a confirmation is needed, the person is asked for it and the call repeated. Never rejects. */
  call<T>(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<Answer<T>>
}

/** The chat as the React tree gets it. */
export interface Chat {
  store: {
    getState(): ChatState
    subscribe(listener: (state: ChatState, previous: ChatState) => void): () => void
    getInitialState(): ChatState
  }
  actions: ChatActions
  server: ServerCalls
}
