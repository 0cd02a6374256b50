import type { Me } from '@chatflow/shared/api/account'
import { NOTIFY_KEYS, readLevel, readNotifySettings } from '@chatflow/shared/notify/notify-settings'
import { dmRoomId, newId } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'
import { createStore } from 'zustand/vanilla'
import type { Chat, ChatActions, ChatState, ServerCalls } from '../chat/contract.ts'
import type { DraftView, EditView, MemberView, MentionView, MessageView, PersonView, ThreadView, TimelineView } from '../chat/views.ts'
import { refusal } from '../chat/refusal-words.ts'
import { START } from '../chat/start-state.ts'
import { sentence } from '../i18n/sentence.ts'
import { fixtureMessage } from './fixture/messages.ts'
import { ANA, ME, OTHERS, TEAM, fixtureId, roleOf } from './fixture/people.ts'
import { fixtureNotes } from './fixture/notes.ts'
import { fixtureRooms } from './fixture/rooms.ts'
import { fixtureSearch } from './fixture/search.ts'
import type { FixtureRoom } from './fixture/rooms.ts'

/** The code that completes the sign-in of `careful`, whose password is not enough. */
const FIXTURE_CODE = '123456'
const OFFLINE = refusal('offline')

export interface FixtureOptions {
  phase?: ChatState['phase']
  rooms?: FixtureRoom[]
  /** ms until what `showRange` asks for is there; 0: at once. */
  latency?: number
  /** ms from being kept to being delivered. */
  deliverAfter?: number
  durable?: boolean
  /** Default true: passkeys can be used. */
  passkeys?: boolean
  openReports?: number
  /** Nobody has written notes yet. */
  emptyNotes?: boolean
  /** Default true: the server makes previews of links. */
  linkPreviews?: boolean
  /** Default: the browser has no notifications. */
  notifications?: ChatState['notifications']
  /** Who is signed in, other than Ana as an ordinary member. */
  me?: ChatState['user']
  /** What the servers answer; without it they cannot be reached. */
  server?: ServerCalls['call']
}

/** Handles for the page and for tests: what the network and other people would do. */
export interface FixtureChat extends Chat {
  setState(change: Partial<ChatState>): void
  setOffline(offline: boolean): void
  /** The next `sendMessage` cannot be kept on the device. */
  failNextSend(): void
  /** The next message sent is refused by the server. */
  rejectNextSend(): void
  /** Somebody else writes into a room. */
  receive(room: string, text: string, author?: PersonView, more?: Partial<MessageView>): void
  setTypingPeople(people: PersonView[]): void
}

interface Live extends FixtureRoom {
  overrides: Map<number, MessageView>
  cache: Map<number, MessageView>
  loaded: Set<number>
  pending: MessageView[]
  typing: PersonView[]
  firstUnread?: number | undefined
}

/** A whole chat in memory, with a team in it: for working on the screen, for pictures of it and for DOM tests. */
export function createFixtureChat(options: FixtureOptions = {}): FixtureChat {
  const { latency = 250, deliverAfter = 450 } = options
  const rooms = new Map<string, Live>()
  const addRoom = (room: FixtureRoom) =>
    rooms.set(room.view.id, { ...room, overrides: new Map(), cache: new Map(), loaded: new Set(), pending: [], typing: [] })
  for (const room of options.rooms ?? fixtureRooms()) addRoom(room)
  const edits = new Map<string, EditView>()
  const drafts = new Map<string, DraftView>([...rooms].flatMap(([id, room]) => (room.view.draft ? [[id, { text: 'Half a thought about the new type scale' }]] : [])))
  let open: string | undefined
  let openThread: string | undefined
  let failNext = false
  let rejectNext = false
  const newestAt = Date.now() - 4 * 60_000

  const store = createStore<ChatState>(() => ({
    ...START,
    phase: options.phase ?? 'ready',
    user: options.phase === 'signed-out' ? undefined : (options.me ?? ME),
    connection: { state: 'connected' },
    durable: options.durable ?? true,
    passkeys: options.passkeys ?? true,
    notifications: options.notifications ?? START.notifications,
    rooms: [...rooms.values()].map((room) => room.view),
    linkPreviews: options.linkPreviews ?? true,
    openReports: options.openReports ?? 0,
  }))
  const online = () => store.getState().connection.state === 'connected'

  const make = (room: Live, seq: number) =>
    fixtureMessage({ room: room.view.id, salt: room.salt, head: room.view.head, members: room.members, me: ANA, newestAt }, seq)

  function read(room: Live, seq: number): MessageView | undefined {
    const changed = room.overrides.get(seq)
    if (changed !== undefined) return changed
    if (!room.loaded.has(Math.floor((seq - 1) / LIMITS.segmentSize))) return undefined
    let message = room.cache.get(seq)
    if (message === undefined) {
      message = make(room, seq)
      if (message.mine && room.view.head - seq < 40) message = { ...message, seenBy: room.members.filter((p) => p.id !== ANA.id).slice(0, seq % 4) }
      room.cache.set(seq, message)
    }
    return message
  }

  /** Every 17th message of three rooms, of which `read` have a text. */
  function fixtureMentions(read: number): MentionView[] {
    const places = [1, 3, 20].flatMap((n) => Array.from({ length: 9 }, (_, i) => ({ room: rooms.get(fixtureId('room', n)), back: 3 + i * 17 })))
    return places
      .flatMap(({ room, back }) => (room === undefined ? [] : [{ room, seq: room.view.head - back }]))
      .map(({ room, seq }, i) => {
        const message = make(room, seq)
        const text = i >= read || message.deleted ? {} : { text: `@ana ${message.text}` }
        return { id: message.id, room: room.view.id, seq, by: message.author, at: message.receivedAt ?? 0, unread: seq > room.view.cursor, ...text, ...(message.deleted ? { deleted: true } : {}) }
      })
      .sort((a, b) => b.at - a.at)
  }

  /** As the fixture invents them, near the end of the room, with what was changed since. */
  function pinsOf(room: Live): TimelineView['pins'] {
    const pins: TimelineView['pins'] = []
    for (let seq = room.view.head; seq > Math.max(room.floor, room.view.head - 600); seq--) {
      const message = room.overrides.get(seq) ?? make(room, seq)
      if (message.pinned && !message.deleted) pins.push({ id: message.id, seq })
    }
    return pins
  }

  function timeline(room: Live): TimelineView {
    const newest = Math.floor((room.view.head - 1) / LIMITS.segmentSize)
    const members: MemberView[] = room.members.map((p) => ({ ...p, role: p.id === ANA.id ? room.view.role : roleOf(Number.parseInt(p.id.slice(-4), 16)) }))
    return {
      room: room.view.id,
      floor: room.floor,
      head: room.view.head,
      at: (seq) => read(room, seq),
      pending: room.pending,
      members,
      memberCount: members.length,
      pins: pinsOf(room),
      typing: room.typing,
      firstUnread: room.firstUnread,
      draft: drafts.get(room.view.id) ?? { text: '' },
      ...(edits.has(room.view.id) ? { edit: edits.get(room.view.id) } : {}),
      loading: room.view.head > 0 && !room.loaded.has(newest),
    }
  }

  /** The conversation among what is loaded near the end of the room. */
  function thread(room: Live, root: string): ThreadView {
    const all = [...Array(Math.min(room.view.head - room.floor, 600)).keys()].map((i) => read(room, room.view.head - i)).reverse()
    const bare = ({ replyTo, ...message }: MessageView): MessageView => (replyTo === undefined || replyTo.id === root ? message : { ...message, replyTo })
    const answers = all.flatMap((message) => (message !== undefined && message.root === root && !message.deleted ? [bare(message)] : []))
    const beginning = find(room, root)
    const key = `${room.view.id}/${root}`
    return {
      room: room.view.id,
      root,
      ...(beginning === undefined ? {} : { beginning }),
      answers,
      pending: room.pending.filter((message) => message.root === root).map(bare),
      missing: Math.max(0, (beginning?.answers?.count ?? 0) - answers.length),
      hasOlder: false,
      loading: false,
      draft: drafts.get(key) ?? { text: '' },
      ...(edits.has(key) ? { edit: edits.get(key) } : {}),
    }
  }

  function emit(): void {
    const current = open === undefined ? undefined : rooms.get(open)
    store.setState({
      rooms: [...rooms.values()].map((room) => room.view),
      timeline: current === undefined ? undefined : timeline(current),
      thread: current === undefined || openThread === undefined ? undefined : thread(current, openThread),
      undelivered: [...rooms.values()].reduce((n, room) => n + room.pending.filter((m) => m.delivery !== 'rejected').length, 0),
    })
  }

  function load(room: Live, first: number, last: number): void {
    const wanted: number[] = []
    for (let k = Math.floor((first - 1) / LIMITS.segmentSize); k <= Math.floor((last - 1) / LIMITS.segmentSize); k++) if (!room.loaded.has(k)) wanted.push(k)
    if (wanted.length === 0) return
    const arrive = () => {
      for (const k of wanted) room.loaded.add(k)
      emit()
    }
    if (latency === 0) arrive()
    else if (online()) setTimeout(arrive, latency)
  }

  function update(id: string, change: Partial<FixtureRoom['view']>): void {
    const room = rooms.get(id)
    if (room === undefined) return
    room.view = { ...room.view, ...change }
    emit()
  }

  function find(room: Live, id: string): MessageView | undefined {
    const waiting = room.pending.find((m) => m.id === id)
    if (waiting !== undefined) return waiting
    for (let seq = room.view.head; seq > Math.max(room.floor, room.view.head - 3_000); seq--) {
      const message = read(room, seq)
      if (message?.id === id) return message
    }
    return undefined
  }

  function change(roomId: string, id: string, edit: (message: MessageView) => MessageView): void {
    const room = rooms.get(roomId)
    const message = room === undefined ? undefined : find(room, id)
    if (room === undefined || message === undefined) return
    if (message.seq === undefined) room.pending = room.pending.map((m) => (m.id === id ? edit(m) : m))
    else room.overrides.set(message.seq, edit(message))
    emit()
  }

  function deliver(room: Live, id: string): void {
    const message = room.pending.find((m) => m.id === id)
    if (message === undefined || message.delivery === 'rejected') return
    room.pending = room.pending.filter((m) => m.id !== id)
    const seq = room.view.head + 1
    room.overrides.set(seq, { ...message, seq, delivery: 'delivered', receivedAt: Date.now() })
    room.loaded.add(Math.floor((seq - 1) / LIMITS.segmentSize))
    room.view = { ...room.view, head: seq, cursor: seq, lastActivityAt: Date.now() }
    const root = message.root === undefined ? undefined : find(room, message.root)
    if (root?.seq !== undefined) room.overrides.set(root.seq, { ...root, answers: { count: (root.answers?.count ?? 0) + 1, at: Date.now() } })
    emit()
  }

  function settle(room: Live, id: string, reject: boolean): void {
    if (!reject) return deliver(room, id)
    const rejection = { command: id, code: 'not_a_member' as const }
    room.pending = room.pending.map((m) => (m.id === id ? { ...m, delivery: 'rejected', rejection: { ...rejection, text: m.text } } : m))
    emit()
  }

  const byRoom = (id: string, act: (room: Live) => void) => {
    const room = rooms.get(id)
    if (room !== undefined) act(room)
    return Promise.resolve()
  }
  const newRoom = (id: string, view: Partial<FixtureRoom['view']> & { name: string }, members: PersonView[]) => {
    if (!rooms.has(id)) {
      const empty = { kind: 'public', topic: '', role: 'owner', with: [], head: 0, cursor: 0, unread: 0, mentions: 0, archived: false, starred: false, muted: false, level: 'all', draft: false, waiting: true } as const
      addRoom({ salt: 100 + rooms.size, floor: 0, members, view: { ...empty, id, lastActivityAt: Date.now(), ...view } as FixtureRoom['view'] })
      setTimeout(() => update(id, { waiting: false }), 600)
      emit()
    }
    return id
  }
  const notifications = (change: Partial<ChatState['notifications']>) => store.setState((state) => ({ notifications: { ...state.notifications, ...change } }))
  const people = (ids: string[]) => [...TEAM, ...OTHERS].filter((p) => ids.includes(p.id))

  const actions: ChatActions = {
    register: (form) => {
      if (form.username === 'ana') return Promise.resolve({ ...refusal('username_taken'), fields: { username: sentence('errors.username_taken') } })
      store.setState({ phase: 'ready', user: { ...ME, ...form } })
      return Promise.resolve({ ok: true })
    },
    signIn: (form) => {
      if (form.password.length < 10) return Promise.resolve(refusal('wrong_credentials'))
      if (form.login === 'careful') {
        return Promise.resolve({ ...refusal('second_factor_required'), secondFactor: { ticket: 'ticket', methods: ['totp', 'passkey', 'recovery'] } })
      }
      store.setState({ phase: 'ready', user: ME })
      return Promise.resolve({ ok: true })
    },
    askForNotifications: async () => notifications({ permission: 'granted', on: true, offered: false, push: 'on' }),
    putOffNotifications: () => notifications({ offered: false }),
    setNotificationsHere: (on) => notifications({ on }),
    setPushHere: async (on) => notifications({ push: on ? 'on' : 'off' }),
    tryNotification: async () => undefined,
    rename: async (names) => {
      store.setState(({ user }) => ({ user: user && { ...user, ...names } }))
      return { ok: true }
    },
    setPicture: async () => ({ ok: true }),
    downloadData: async () => OFFLINE,
    deleteAccount: async ({ password }) => {
      if (password === 'wrong password') return refusal('wrong_credentials')
      store.setState({ phase: 'signed-out', user: undefined })
      return { ok: true }
    },
    signInWith: (step) => {
      if (step.by !== 'passkey' && step.code !== FIXTURE_CODE) return Promise.resolve(refusal('second_factor_wrong'))
      store.setState({ phase: 'ready', user: ME })
      return Promise.resolve({ ok: true })
    },
    confirm: (step) => {
      if (step.by === 'password' && step.password.length < 10) return Promise.resolve(refusal('wrong_credentials'))
      if (step.by === 'password' && store.getState().user?.username === 'careful') {
        return Promise.resolve({ ...refusal('second_factor_required'), secondFactor: { ticket: 'ticket', methods: ['totp', 'passkey', 'recovery'] } })
      }
      if ((step.by === 'totp' || step.by === 'recovery') && step.code !== FIXTURE_CODE) return Promise.resolve(refusal('second_factor_wrong'))
      store.setState({ confirmation: undefined })
      return Promise.resolve({ ok: true })
    },
    cancelConfirmation: () => store.setState({ confirmation: undefined }),
    addPasskey: ({ password, name }) => {
      if (password.length < 10) return Promise.resolve(refusal('wrong_credentials'))
      return Promise.resolve({ ok: true, value: { passkey: { id: fixtureId('user', 99), name, createdAt: Date.now(), synced: false } } })
    },
    signOut: ({ discard = false } = {}) => {
      const { undelivered } = store.getState()
      if (undelivered > 0 && !discard) return Promise.resolve({ undelivered })
      store.setState({ phase: 'signed-out', user: undefined, timeline: undefined })
      return Promise.resolve({ undelivered: 0 })
    },
    refreshAccount: async () => {
      const answer = await options.server?.<Me>('GET', '/api/auth/me')
      if (answer?.ok) store.setState({ user: answer.value })
    },
    prepareRoom: () => undefined,
    openRoom: (id) => {
      open = id
      const room = id === undefined ? undefined : rooms.get(id)
      if (room !== undefined) {
        room.firstUnread = room.view.unread > 0 ? room.view.cursor + 1 : undefined
        if (room.view.head > 0) load(room, Math.max(1, room.view.head - 1), room.view.head)
      }
      emit()
    },
    openThread: (root) => {
      openThread = root
      emit()
    },
    openNotes: (room) => store.setState({ notes: room === undefined ? undefined : fixtureNotes(room, { empty: options.emptyNotes === true }) }),
    discardNotes: async () => store.setState(({ notes }) => (notes === undefined ? {} : { notes: fixtureNotes(notes.room) })),
    showOlderAnswers: () => undefined,
    alsoShow: (seqs) => void byRoom(open ?? '', (room) => seqs.forEach((seq) => load(room, seq, seq))),
    showRange: (first, last) => void byRoom(open ?? '', (room) => load(room, first, last)),
    markRead: (id, seq) => {
      const room = rooms.get(id)
      if (room !== undefined && (seq > room.view.cursor || room.view.unread > 0)) update(id, { cursor: seq, unread: Math.max(0, room.view.head - seq), mentions: 0 })
    },
    markAllRead: () => {
      const unread = [...rooms.values()].filter((room) => room.view.unread > 0).map((room) => room.view)
      for (const view of unread) actions.markRead(view.id, view.head)
      const undo = () => unread.forEach(({ id, cursor }) => actions.markUnread(id, cursor + 1))
      store.setState(({ notices }) => ({ notices: [...notices, { id: newId(), kind: 'info', text: sentence('chat.roomsRead', { count: unread.length }), action: { label: 'chat.undo', run: undo } }] }))
    },
    readMentions: (count) => store.setState({ mentions: fixtureMentions(count) }),
    markUnread: (id, seq) => {
      const room = rooms.get(id)
      if (room !== undefined) update(id, { unread: Math.min(100, room.view.head - seq + 1) })
    },
    sendMessage: (id, text, { replyTo } = {}) => {
      const room = rooms.get(id)
      if (room === undefined) return Promise.reject(new Error('room_not_found'))
      if (failNext) {
        failNext = false
        return Promise.reject(new Error('The disk is full.'))
      }
      const reject = rejectNext
      rejectNext = false
      const quoted = replyTo === undefined ? undefined : find(room, replyTo)
      const message: MessageView = {
        id: newId(), room: id, author: ANA, mine: true, text, sentAt: Date.now(), enteredAt: Date.now(), mentionsMe: false, pinned: false, deleted: false,
        reactions: [], delivery: 'kept', changing: false, seenBy: [], readBy: [],
        ...(quoted === undefined ? {} : { replyTo: { id: quoted.id, seq: quoted.seq, author: quoted.author, text: quoted.text }, root: quoted.root ?? quoted.id }),
      }
      room.pending = [...room.pending, message]
      emit()
      if (online()) setTimeout(() => settle(room, message.id, reject), deliverAfter)
      return Promise.resolve()
    },
    editMessage: (room, id, text) => Promise.resolve(change(room, id, (m) => ({ ...m, text, editedAt: Date.now() }))),
    deleteMessage: (room, id) => Promise.resolve(change(room, id, (m) => ({ ...m, text: '', deleted: true, reactions: [] }))),
    react: (room, id, emoji, on) =>
      Promise.resolve(
        change(room, id, (m) => {
          const rest = m.reactions.find((r) => r.emoji === emoji)
          const others = rest?.users.filter((u) => u.id !== ANA.id) ?? []
          const users = on ? [...others, ANA] : others
          const next = { emoji, count: users.length, mine: on, users }
          const reactions = rest === undefined ? [...m.reactions, next] : m.reactions.map((r) => (r.emoji === emoji ? next : r))
          return { ...m, reactions: reactions.filter((r) => r.count > 0) }
        }),
      ),
    pin: (room, id, on) => Promise.resolve(change(room, id, (m) => ({ ...m, pinned: on }))),
    setPreview: (room, id, url, on) => Promise.resolve(change(room, id, (m) => (on ? m : { ...m, previews: m.previews?.filter((preview) => preview.url !== url) }))),
    previewImage: async () => undefined,
    retry: (command) => {
      for (const room of rooms.values()) {
        if (!room.pending.some((m) => m.id === command)) continue
        room.pending = room.pending.map((m) => (m.id === command ? { ...m, delivery: 'kept', rejection: undefined, enteredAt: Date.now() } : m))
        setTimeout(() => deliver(room, command), deliverAfter)
      }
      emit()
      return Promise.resolve()
    },
    discard: (command) => {
      for (const room of rooms.values()) room.pending = room.pending.filter((m) => m.id !== command)
      emit()
      return Promise.resolve()
    },
    createRoom: (room) => Promise.resolve(newRoom(newId(), { kind: room.kind, name: room.name, topic: room.topic ?? '' }, [ANA, ...people(room.members ?? [])])),
    startDirect: (users) => {
      const others = people(users)
      return Promise.resolve(newRoom(dmRoomId([ANA.id, ...users]), { kind: 'dm', name: others.map((p) => p.displayName).join(', '), with: others, role: 'member' }, [ANA, ...others]))
    },
    joinRoom: (room) => Promise.resolve(void newRoom(room.room, { name: room.name, topic: room.topic, role: 'member' }, [...TEAM.slice(1, 5), ANA])),
    leaveRoom: (id) => {
      rooms.delete(id)
      if (open === id) open = undefined
      emit()
      return Promise.resolve()
    },
    updateRoom: (id, { name, topic }) => Promise.resolve(update(id, { ...(name === undefined ? {} : { name }), ...(topic === undefined ? {} : { topic }) })),
    archiveRoom: (id) => Promise.resolve(update(id, { archived: true })),
    unarchiveRoom: (id) => Promise.resolve(update(id, { archived: false })),
    addMember: (id, user) =>
      byRoom(id, (room) => {
        room.members = [...room.members, ...people([user])]
        emit()
      }),
    removeMember: (id, user) =>
      byRoom(id, (room) => {
        room.members = room.members.filter((p) => p.id !== user)
        emit()
      }),
    setMemberRole: () => Promise.resolve(),
    banMember: (id, user) => actions.removeMember(id, user),
    unbanMember: () => Promise.resolve(),
    reportMessage: () => Promise.resolve(),
    resolveReport: () => Promise.resolve(store.setState((state) => ({ openReports: Math.max(0, state.openReports - 1) }))),
    setSetting: (key, value) => {
      const [what, id = ''] = key.split(':')
      if (what === 'star') update(id, { starred: value === true })
      if (what === 'level') update(id, { muted: value === 'none', ownLevel: readLevel(value), level: readLevel(value) ?? store.getState().preferences.notify })
      if (key === NOTIFY_KEYS.quietUntil) {
        const { quietUntil: _, ...rest } = store.getState().notifications
        store.setState({ notifications: typeof value === 'number' ? { ...rest, quietUntil: value } : rest })
      }
      const { sound, hideText, until, hours } = readNotifySettings((other) => (other === key ? value : undefined))
      const told = { [NOTIFY_KEYS.sound]: { sound }, [NOTIFY_KEYS.hideText]: { hideText }, [NOTIFY_KEYS.quietUntil]: { quietUntil: until }, [NOTIFY_KEYS.quietHours]: { quietHours: hours } }[key]
      store.setState(({ preferences }) => ({ preferences: { ...preferences, ...(told ?? { [key]: value }) } }))
      return Promise.resolve()
    },
    scheduleMessage: (id, text, { sendAt, replyTo }) => {
      const item = { id: newId(), room: id, roomName: rooms.get(id)?.view.name ?? '', text, sendAt, waiting: false, ...(replyTo === undefined ? {} : { replyTo }) }
      return Promise.resolve(store.setState(({ scheduled }) => ({ scheduled: [...scheduled, item].sort((a, b) => a.sendAt - b.sendAt) })))
    },
    rescheduleMessage: (id, next) => Promise.resolve(store.setState(({ scheduled }) => ({ scheduled: scheduled.map(({ failed: _failed, ...item }) => (item.id === id ? { ...item, ...next } : item)) }))),
    unscheduleMessage: (id) => Promise.resolve(store.setState(({ scheduled }) => ({ scheduled: scheduled.filter((item) => item.id !== id) }))),
    setStatus: (status) => Promise.resolve(store.setState({ status })),
    setTyping: () => undefined,
    setDraft: (id, text, replyTo, thread) => {
      const room = rooms.get(id)
      const quoted = room === undefined || replyTo === undefined ? undefined : find(room, replyTo)
      drafts.set(thread === undefined ? id : `${id}/${thread}`, { text, ...(quoted === undefined ? {} : { replyTo: { id: quoted.id, author: quoted.author, text: quoted.text } }) })
      update(id, thread === undefined ? { draft: text !== '' } : {})
    },
    setEdit: (id, edit, thread) => {
      const room = rooms.get(id)
      const place = thread === undefined ? id : `${id}/${thread}`
      if (edit === undefined) edits.delete(place)
      else if (room !== undefined) edits.set(place, { ...edit, was: find(room, edit.message)?.text })
    },
    knownPeople: () => TEAM.slice(1),
    findSeqAt: async (id, time) => {
      const room = rooms.get(id)
      for (let seq = 1; room !== undefined && seq <= room.view.head; seq++) {
        const message = read(room, seq)
        if (message !== undefined && (message.receivedAt ?? 0) >= time) return seq
      }
      return undefined
    },
    findUsers: (query) => {
      const q = query.toLowerCase()
      return Promise.resolve([...TEAM, ...OTHERS].filter((p) => p.id !== ANA.id && `${p.username} ${p.displayName}`.toLowerCase().includes(q)))
    },
    findRooms: (query) =>
      Promise.resolve(
        [
          { room: fixtureId('room', 50), name: 'accessibility', topic: 'Screen readers, keyboards, contrast', members: 14, joined: false },
          { room: fixtureId('room', 51), name: 'berlin', topic: '', members: 31, joined: false },
          { room: fixtureId('room', 1), name: 'general', topic: 'What everyone should know', members: 12, joined: true },
        ].filter((room) => room.name.includes(query.toLowerCase())),
      ),
    browseRooms: async (query, offset) => {
      const all = await actions.findRooms(query)
      return { rooms: all.slice(offset, offset + 2), more: all.length > offset + 2 }
    },
    findMembers: (id, query, offset) => {
      const members = (rooms.get(id)?.members ?? []).filter((p) => `${p.username} ${p.displayName}`.toLowerCase().includes(query.toLowerCase())).map((p) => ({ ...p, role: 'member' as const }))
      return Promise.resolve(online() ? { members: members.slice(offset, offset + 100), total: members.length } : undefined)
    },
    search: (ask) => store.setState({ search: ask && fixtureSearch(ask, [...rooms.values()].map((room) => ({ view: room.view, at: (seq: number) => room.overrides.get(seq) ?? make(room, seq) })), online()) }),
    searchMore: () => undefined,
    holdResults: () => undefined,
    dismissNotice: (id) => store.setState((state) => ({ notices: state.notices.filter((n) => n.id !== id) })),
    applyUpdate: () => location.reload(),
  }

  store.setState({ mentions: fixtureMentions(0) })
  return {
    store,
    actions,
    server: { call: options.server ?? (async () => OFFLINE) },
    setState: (part) => store.setState(part),
    setOffline: (offline) => {
      store.setState({ connection: offline ? { state: 'offline', since: Date.now() } : { state: 'connected' } })
      if (!offline) for (const room of rooms.values()) for (const m of room.pending) setTimeout(() => deliver(room, m.id), deliverAfter)
    },
    failNextSend: () => {
      failNext = true
    },
    rejectNextSend: () => {
      rejectNext = true
    },
    receive: (id, text, author = TEAM[1] ?? ANA, more = {}) => {
      const room = rooms.get(id)
      if (room === undefined) return
      const seq = room.view.head + 1
      const message: MessageView = {
        id: newId(), room: id, seq, author, mine: false, text, sentAt: Date.now(), receivedAt: Date.now(), mentionsMe: text.includes('@ana'), pinned: false,
        deleted: false, reactions: [], delivery: 'delivered', changing: false, seenBy: [], readBy: [], ...more,
      }
      room.overrides.set(seq, message)
      room.loaded.add(Math.floor((seq - 1) / LIMITS.segmentSize))
      room.view = { ...room.view, head: seq, unread: room.view.unread + 1, lastActivityAt: Date.now() }
      emit()
    },
    setTypingPeople: (typing) => {
      const room = rooms.get(open ?? '')
      if (room === undefined) return
      room.typing = typing
      emit()
    },
  }
}
