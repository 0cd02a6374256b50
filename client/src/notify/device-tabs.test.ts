import { newId } from '@chatflow/shared/ids'
import { expect, it } from 'vitest'
import { MemoryLocks } from '../platform/memory-locks.ts'
import { openMemoryTabs } from '../platform/memory-tabs.ts'
import { ManualClock } from '../sync/testing/manual-clock.ts'
import { DeviceTabs } from './device-tabs.ts'

function device() {
  const clock = new ManualClock()
  const channels = new Map<string, Set<(message: unknown) => void>>()
  const locks = new MemoryLocks()
  return { clock, open: () => new DeviceTabs({ clock, locks, channel: openMemoryTabs(channels, 'tabs'), id: newId(), lock: 'speaks' }) }
}

it('one tab of a device leads, and when it goes another one does', async () => {
  const { clock, open } = device()
  const tabs = [open(), open(), open()]
  await clock.pass(0)
  expect(tabs.map((tab) => tab.leads)).toEqual([true, false, false])
  tabs[1]?.close()
  tabs[0]?.close()
  await clock.pass(0)
  expect(tabs.map((tab) => tab.leads)).toEqual([false, false, true])
})

it('all tabs know which room somebody looks at in any of them, also one that is opened later', async () => {
  const { clock, open } = device()
  const room = newId()
  const one = open()
  const two = open()
  one.look(room)
  await clock.pass(0)
  expect([one.isLookedAt(room), two.isLookedAt(room), two.isLookedAt(newId())]).toEqual([true, true, false])
  const three = open()
  await clock.pass(0)
  expect(three.isLookedAt(room)).toBe(true)
  one.look(undefined)
  await clock.pass(0)
  expect([one.isLookedAt(room), two.isLookedAt(room), three.isLookedAt(room)]).toEqual([false, false, false])
})

it('a tab that is closed looks at nothing, and one that died is forgotten, while one that lives goes on looking', async () => {
  const { clock, open } = device()
  const [first, second] = [newId(), newId()]
  const watcher = open()
  const closed = open()
  closed.look(first)
  await clock.pass(0)
  closed.close()
  await clock.pass(0)
  expect(watcher.isLookedAt(first)).toBe(false)

  const living = open()
  living.look(second)
  await clock.pass(10 * 60_000)
  expect(watcher.isLookedAt(second)).toBe(true)
})

it('what a tab said that died holds for less than a minute', async () => {
  const clock = new ManualClock()
  const channels = new Map<string, Set<(message: unknown) => void>>()
  const room = newId()
  const watcher = new DeviceTabs({ clock, locks: new MemoryLocks(), channel: openMemoryTabs(channels, 'tabs'), id: newId(), lock: 'speaks' })
  openMemoryTabs(channels, 'tabs').post({ type: 'looking', tab: 'dead', room })
  await clock.pass(0)
  expect(watcher.isLookedAt(room)).toBe(true)
  await clock.pass(60_000)
  expect(watcher.isLookedAt(room)).toBe(false)
})
