import { describe, expect, it } from 'vitest'
import { type Action, type Actor, can, refusal, type Target } from './permissions.ts'
import { GLOBAL_ROLES, ROOM_ROLES } from './roles.ts'

const me = 'me'
const ROLES = [undefined, ...ROOM_ROLES] as const
const PLACES: { place: string; room: NonNullable<Target['room']> }[] = [
  { place: 'public', room: { kind: 'public' } },
  { place: 'private', room: { kind: 'private' } },
  { place: 'dm', room: { kind: 'dm' } },
  { place: 'archived', room: { kind: 'public', archived: true } },
]
type Rule = (who: { global: string; role: string | undefined; place: string }) => boolean

const atLeast = (role: string | undefined, least: string): boolean =>
  role !== undefined && ['reader', 'member', 'moderator', 'owner'].indexOf(role) >= ['reader', 'member', 'moderator', 'owner'].indexOf(least)

/** Moderators and owners in their rooms; administrators also where anyone may go, and where they are members. */
const moderates: Rule = ({ global, role, place }) => atLeast(role, 'moderator') || (global === 'admin' && (role !== undefined || place === 'public' || place === 'archived'))

/** What the product promises, said once more in other words: own message, another member's message, another member. */
const PROMISES: Record<Action, Rule> = {
  'users.list': ({ global }) => global !== 'guest',
  'room.create': ({ global }) => global !== 'guest',
  'room.see': ({ role }) => role !== undefined,
  'room.read': ({ role }) => role !== undefined,
  'room.leave': ({ role }) => role !== undefined,
  'room.join': ({ global, place }) => global !== 'guest' && place === 'public',
  'room.update': ({ role, place }) => atLeast(role, 'moderator') && place !== 'dm' && place !== 'archived',
  'room.archive': ({ global, role, place }) => (role === 'owner' || global === 'admin') && place !== 'dm',
  'room.unarchive': ({ global, role, place }) => (role === 'owner' || global === 'admin') && place !== 'dm',
  'admin.people': ({ global }) => global === 'admin',
  'admin.rooms': ({ global }) => global === 'admin',
  'admin.audit': ({ global }) => global === 'admin',
  'admin.settings': ({ global }) => global === 'admin',
  'invitation.create': ({ global }) => global === 'admin',
  'file.upload': () => true,
  'room.mention': ({ role, place }) => atLeast(role, 'moderator') && place !== 'dm' && place !== 'archived',
  'message.send': ({ role, place }) => atLeast(role, 'member') && place !== 'archived',
  'message.react': ({ role, place }) => atLeast(role, 'member') && place !== 'archived',
  'message.edit': ({ role, place }) => atLeast(role, 'member') && place !== 'archived',
  'message.delete': (who) => who.role !== undefined || (moderates(who) && who.place !== 'dm'),
  'message.preview': ({ role, place }) => atLeast(role, 'member') && place !== 'archived',
  'message.pin': ({ role, place }) => place !== 'archived' && atLeast(role, place === 'dm' ? 'member' : 'moderator'),
  'notes.write': ({ global, role, place }) => global !== 'guest' && place !== 'archived' && atLeast(role, 'member'),
  'notes.restore': ({ global, role, place }) => global !== 'guest' && place !== 'archived' && atLeast(role, place === 'dm' ? 'member' : 'moderator'),
  'member.add': ({ global, role, place }) => global !== 'guest' && (place === 'public' ? atLeast(role, 'member') : place === 'private' && atLeast(role, 'moderator')),
  'member.remove': (who) => moderates(who) && who.place !== 'dm',
  'member.ban': (who) => moderates(who) && who.place !== 'dm',
  'member.unban': (who) => moderates(who) && who.place !== 'dm',
  'bans.list': (who) => moderates(who) && who.place !== 'dm',
  'message.report': () => false,
  'report.resolve': () => false,
  'member.role': ({ role, place }) => role === 'owner' && place !== 'dm',
}

describe('who may do what', () => {
  const cases = (Object.keys(PROMISES) as Action[]).flatMap((action) => PLACES.map(({ place, room }) => ({ action, place, room })))

  it.each(cases)('[R12] $action in a $place room, for every role', ({ action, place, room }) => {
    for (const global of GLOBAL_ROLES) {
      for (const role of ROLES) {
        const actor: Actor = { id: me, role: global, roomRole: role }
        const target: Target = { room, author: me, user: { id: 'other', roomRole: 'member' }, newRole: 'reader' }
        expect(can(actor, action, target), `${global}, ${role ?? 'not a member'}`).toBe(PROMISES[action]({ global, role, place }))
      }
    }
  })

  it('[R12] only its author edits a message, and whoever moderates may delete it, but not in a direct conversation', () => {
    const of = (roomRole: Actor['roomRole'], kind: 'public' | 'dm'): boolean[] =>
      (['message.edit', 'message.delete'] as const).map((action) => can({ id: me, role: 'member', roomRole }, action, { room: { kind }, author: 'other' }))
    expect(ROOM_ROLES.map((role) => of(role, 'public'))).toEqual([[false, true], [false, true], [false, false], [false, false]])
    expect(ROOM_ROLES.map((role) => of(role, 'dm'))).toEqual([[false, false], [false, false], [false, false], [false, false]])
  })

  it('[R12] nobody removes an equal or a higher one', () => {
    for (const mine of ROOM_ROLES) {
      for (const theirs of ROOM_ROLES) {
        const may = can({ id: me, role: 'member', roomRole: mine }, 'member.remove', { room: { kind: 'private' }, user: { id: 'other', roomRole: theirs } })
        expect(may, `${mine} removes ${theirs}`).toBe(atLeast(mine, 'moderator') && ROOM_ROLES.indexOf(mine) < ROOM_ROLES.indexOf(theirs))
      }
    }
  })

  it('[R12] who has not confirmed an address makes no public room, lets nobody in and uploads nothing, and is told why; the administrator may', () => {
    const of = (actor: Partial<Actor>, action: Action, target: Target) => refusal({ id: me, role: 'member', ...actor }, action, target)
    const asked: { action: Action; target: Target; needs: boolean; roomRole?: Actor['roomRole'] }[] = [
      { action: 'room.create', target: { room: { kind: 'public' } }, needs: true },
      { action: 'room.create', target: { room: { kind: 'private' }, invites: true }, needs: true },
      { action: 'room.create', target: { room: { kind: 'private' }, invites: false }, needs: false },
      { action: 'room.create', target: { room: { kind: 'dm' }, invites: true }, needs: false },
      { action: 'member.add', target: { room: { kind: 'private' } }, needs: true, roomRole: 'owner' },
      { action: 'file.upload', target: {}, needs: true },
      { action: 'message.send', target: { room: { kind: 'public' } }, needs: false, roomRole: 'member' },
    ]
    for (const { action, target, needs, roomRole } of asked) {
      expect(of({ roomRole, verified: false }, action, target)).toBe(needs ? 'email_unverified' : undefined)
      expect(of({ roomRole, verified: true }, action, target)).toBeUndefined()
      expect(of({ roomRole, verified: false, role: 'admin' }, action, target)).toBeUndefined()
    }
    expect(of({ roomRole: 'reader', verified: false }, 'member.add', { room: { kind: 'private' } })).toBe('forbidden')
    expect(of({ role: 'guest', verified: false }, 'room.create', { room: { kind: 'public' } })).toBe('forbidden')
  })

  it('[R12] an owner is banned by nobody in the room, only by an administrator who may moderate there, and nobody bans themselves', () => {
    const ban = (actor: Omit<Actor, 'id'>, kind: 'public' | 'private' | 'dm', user = 'other', reported = false): boolean =>
      can({ id: me, ...actor }, 'member.ban', { room: { kind }, user: { id: user, roomRole: 'owner' }, reported })
    for (const roomRole of ROOM_ROLES) for (const kind of ['public', 'private', 'dm'] as const) expect(ban({ role: 'member', roomRole }, kind)).toBe(false)
    expect(ban({ role: 'admin' }, 'public')).toBe(true)
    expect(ban({ role: 'admin' }, 'private')).toBe(false)
    expect(ban({ role: 'admin', roomRole: 'reader' }, 'private')).toBe(true)
    expect(ban({ role: 'admin' }, 'private', 'other', true)).toBe(true)
    expect(ban({ role: 'admin', roomRole: 'member' }, 'dm', 'other', true)).toBe(false)
    expect(ban({ role: 'admin', roomRole: 'owner' }, 'public', me)).toBe(false)
    expect(ban({ role: 'member', roomRole: 'owner' }, 'private', 'other', true)).toBe(false)
  })

  it('[R12] members report what others wrote; moderators settle it, in direct conversations only administrators, and never about themselves', () => {
    const report = (roomRole: Actor['roomRole'], author: string): boolean => can({ id: me, role: 'member', roomRole }, 'message.report', { room: { kind: 'dm' }, author })
    expect(ROLES.map((role) => report(role, 'other'))).toEqual([false, true, true, true, true])
    expect(ROLES.map((role) => report(role, me))).toEqual([false, false, false, false, false])
    const settle = (role: Actor['role'], roomRole: Actor['roomRole'], kind: 'private' | 'dm', author = 'other'): boolean =>
      can({ id: me, role, roomRole }, 'report.resolve', { room: { kind }, author })
    expect(ROLES.map((role) => settle('member', role, 'private'))).toEqual([false, true, true, false, false])
    expect(ROLES.map((role) => settle('member', role, 'dm'))).toEqual([false, false, false, false, false])
    expect(ROLES.map((role) => settle('admin', role, 'dm'))).toEqual([true, true, true, true, true])
    expect(settle('admin', 'owner', 'private', me)).toBe(false)
  })

  it('[R12] an administrator deletes in direct conversations and closed rooms only what was reported', () => {
    const remove = (kind: 'private' | 'dm', reported: boolean): boolean => can({ id: me, role: 'admin' }, 'message.delete', { room: { kind }, author: 'other', reported })
    expect([remove('private', false), remove('private', true), remove('dm', false), remove('dm', true)]).toEqual([false, true, false, true])
    expect(can({ id: me, role: 'member', roomRole: 'moderator' }, 'message.delete', { room: { kind: 'dm' }, author: 'other', reported: true })).toBe(false)
  })
})
