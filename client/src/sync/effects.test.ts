import type { Command } from '@chatflow/shared/command'
import type { Entry } from '@chatflow/shared/entry'
import { describe, expect, it } from 'vitest'
import type { StoredCommand } from '../platform/command-store.ts'
import { isEffectSeen, type Replicas } from './effects.ts'

const entry = (more: Partial<Entry>): Entry => ({ seq: 1, id: 'm', rev: 1, by: 'me', sentAt: 1, receivedAt: 1, text: 'old', ...more })

type Rest<T> = T extends Command ? Omit<T, 'v' | 'id' | 'at'> : never
function settled(command: Rest<Command>, more: Partial<StoredCommand> = {}): StoredCommand {
  return { order: 1, id: 'c', command: { v: 1, id: 'c', at: 5, ...command } as Command, status: 'settled', enteredAt: 1, offered: true, settledAt: 1_000, seq: 0, ...more }
}

function replicas(more: Partial<Replicas> & { entries?: Entry[] } = {}): Replicas {
  const entries = more.entries ?? []
  return {
    now: 1_000,
    isMine: () => true,
    userConfirmed: true,
    isConfirmed: () => true,
    find: (_room, id) => entries.find((one) => one.id === id),
    entry: (_room, seq) => entries.find((one) => one.seq === seq),
    reacted: () => false,
    storedHead: () => 0,
    floor: () => 0,
    name: () => 'name',
    topic: () => 'topic',
    archived: () => false,
    role: () => undefined,
    cursor: () => 0,
    unreadMark: () => undefined,
    draft: () => undefined,
    setting: () => undefined,
    scheduled: () => undefined,
    ...more,
  }
}

describe('a settled message is laid over the replicas', () => {
  const send = settled({ type: 'message.send', room: 'r', text: 'x' }, { seq: 7 })

  it('until its entry is there, however long that takes', () => {
    expect(isEffectSeen(send, replicas({ now: 1e9 }), 'me')).toBe(false)
    expect(isEffectSeen(send, replicas({ entries: [entry({ id: 'c', seq: 7 })] }), 'me')).toBe(true)
  })

  it('but not where it cannot come: below the floor, room left', () => {
    expect(isEffectSeen(send, replicas({ floor: () => 7 }), 'me')).toBe(true)
    expect(isEffectSeen(send, replicas({ isMine: () => false }), 'me')).toBe(true)
    expect(isEffectSeen(send, replicas({ isMine: () => false, userConfirmed: false }), 'me')).toBe(false)
  })

  it('and not where its place is stored, though its segment is not held', () => {
    expect(isEffectSeen(send, replicas({ storedHead: () => 9 }), 'me')).toBe(true)
    expect(isEffectSeen(send, replicas({ storedHead: () => 6 }), 'me')).toBe(false)
  })
})

describe('a preview taken away is laid over the replicas', () => {
  it('until the entry is without it', () => {
    const off = settled({ type: 'message.preview', room: 'r', message: 'm', url: 'https://example.org', on: false })
    const preview = { url: 'https://example.org', title: 'Example' }
    expect(isEffectSeen(off, replicas(), 'me')).toBe(false)
    expect(isEffectSeen(off, replicas({ entries: [entry({ previews: [preview] })] }), 'me')).toBe(false)
    expect(isEffectSeen(off, replicas({ entries: [entry({ previews: [{ ...preview, url: 'https://other.example.org' }] })] }), 'me')).toBe(true)
    expect(isEffectSeen(off, replicas({ entries: [entry({})] }), 'me')).toBe(true)
  })
})

describe('a settled step of a moderator is laid over the replicas', () => {
  it('for a ban until the person is out; a report shows in no replica', () => {
    const ban = settled({ type: 'member.ban', room: 'r', user: 'u' })
    expect(isEffectSeen(ban, replicas({ role: () => 'member' }), 'me')).toBe(false)
    expect(isEffectSeen(ban, replicas({ role: () => undefined }), 'me')).toBe(true)
    for (const command of [{ type: 'member.unban', room: 'r', user: 'u' }, { type: 'message.report', room: 'r', message: 'm', reason: 'spam' }, { type: 'report.resolve', room: 'r', report: 'p', outcome: 'banned' }] as const) {
      expect(isEffectSeen(settled(command), replicas(), 'me')).toBe(true)
    }
  })
})

describe('a settled edit is laid over the replicas', () => {
  const edit = settled({ type: 'message.edit', room: 'r', message: 'm', text: 'new' }, { base: { rev: 1, editedAt: 0 } })

  it('until the entry shows it, or a later edit, or is deleted', () => {
    expect(isEffectSeen(edit, replicas({ entries: [entry({})] }), 'me')).toBe(false)
    expect(isEffectSeen(edit, replicas({ entries: [entry({ rev: 2, pinned: true })] }), 'me')).toBe(false)
    expect(isEffectSeen(edit, replicas({ entries: [entry({ rev: 3, text: 'new', editedAt: 9 })] }), 'me')).toBe(true)
    expect(isEffectSeen(edit, replicas({ entries: [entry({ rev: 4, text: 'newer', editedAt: 12 })] }), 'me')).toBe(true)
    expect(isEffectSeen(edit, replicas({ entries: [entry({ rev: 4, text: '', deleted: true })] }), 'me')).toBe(true)
  })
})

describe('any other settled change', () => {
  const react = settled({ type: 'message.react', room: 'r', message: 'm', emoji: '👍', on: true })

  it('is overtaken once the server itself has said otherwise for a while', () => {
    const world = { entries: [entry({})] }
    expect(isEffectSeen(react, replicas({ ...world, now: 5_000 }), 'me')).toBe(false)
    expect(isEffectSeen(react, replicas({ ...world, now: 12_000 }), 'me')).toBe(true)
    expect(isEffectSeen(react, replicas({ ...world, now: 12_000, isConfirmed: () => false }), 'me')).toBe(false)
  })

  it('is never laid over again once it has been seen', () => {
    expect(isEffectSeen({ ...react, seen: true }, replicas({ entries: [entry({})] }), 'me')).toBe(true)
  })

  it.each<[Rest<Command>, Partial<Replicas>]>([
    [{ type: 'message.react', room: 'r', message: 'm', emoji: '👍', on: true }, { reacted: () => true }],
    [{ type: 'message.pin', room: 'r', message: 'm', on: false }, {}],
    [{ type: 'room.create', room: 'r', kind: 'private', name: 'x', members: [] }, {}],
    [{ type: 'room.join', room: 'r' }, {}],
    [{ type: 'room.leave', room: 'r' }, { isMine: () => false }],
    [{ type: 'room.update', room: 'r', name: 'x' }, { name: () => 'x' }],
    [{ type: 'room.archive', room: 'r' }, { archived: () => true }],
    [{ type: 'room.unarchive', room: 'r' }, { archived: () => false }],
    [{ type: 'room.read', room: 'r', seq: 4 }, { cursor: () => 5 }],
    [{ type: 'room.unread', room: 'r', seq: 4 }, { unreadMark: () => 4 }],
    [{ type: 'member.add', room: 'r', user: 'u' }, { role: () => 'member' }],
    [{ type: 'member.remove', room: 'r', user: 'u' }, {}],
    [{ type: 'member.role', room: 'r', user: 'u', role: 'owner' }, { role: () => 'owner' }],
    [{ type: 'draft.set', room: 'r', text: 'x' }, { draft: () => ({ text: 'x', at: 1 }) }],
    [{ type: 'draft.set', room: 'r', text: 'x' }, { draft: () => ({ text: 'later', at: 6 }) }],
    [{ type: 'me.set', key: 'theme', value: { dark: true } }, { setting: () => ({ dark: true }) }],
  ])('%j is seen in the replicas', (command, world) => {
    expect(isEffectSeen(settled(command), replicas({ entries: [entry({})], ...world }), 'me')).toBe(true)
  })
})
