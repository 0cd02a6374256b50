import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { takeLock, type Lock } from './lock-file.ts'
import { ownIdentity, startOf } from './process-identity.ts'

const TOUCH_MS = 20

describe('the lock of a data folder', () => {
  let folder: string
  let path: string
  const taken: Lock[] = []
  const take = async () => {
    const lock = await takeLock(path, folder, TOUCH_MS)
    taken.push(lock)
    return lock
  }
  const leave = (holder: object) => writeFileSync(path, JSON.stringify({ ...ownIdentity(), ...holder }))

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'chatflow-lock-'))
    path = join(folder, 'database.lock')
  })
  afterEach(() => {
    for (const lock of taken.splice(0)) lock.release()
    rmSync(folder, { recursive: true })
  })

  it('is held by one, and free after a clean stop', async () => {
    const lock = await take()
    await expect(take()).rejects.toMatchObject({
      problem: 'in-use',
      message: `The data folder ${folder} is in use by process ${process.pid}. Stop it first, or set DATA_DIR to another folder.`,
    })
    lock.release()
    expect(readdirSync(folder)).toEqual([])
    expect((await take()).lostPower).toBe(false)
  })

  it('goes to exactly one of many who want it at once, also when they find a dead holder', async () => {
    for (const prepare of [() => {}, () => leave({ pid: 999_999_999 })]) {
      prepare()
      const results = await Promise.allSettled(Array.from({ length: 10 }, take))
      expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
      expect(readdirSync(folder)).toEqual(['database.lock'])
      taken.splice(0)[0]?.release()
    }
  })

  it('is taken over from a process that is gone, without any loss on the same boot', async () => {
    leave({ pid: 999_999_999 })
    expect((await take()).lostPower).toBe(false)
  })

  it('is taken over when the pid belongs to another process now', async () => {
    leave({ pid: 1, started: `${startOf(1)}0` })
    expect((await take()).lostPower).toBe(false)
  })

  it('of a machine that was restarted tells of lost power until that is settled', async () => {
    leave({ boot: 'another boot' })
    expect((await take()).lostPower).toBe(true)
    // As if the process died before it acted on it.
    leave({ ...(JSON.parse(readFileSync(path, 'utf8')) as object), pid: 999_999_999 })
    const second = await take()
    expect(second.lostPower).toBe(true)
    second.settle()
    leave({ ...(JSON.parse(readFileSync(path, 'utf8')) as object), pid: 999_999_999 })
    expect((await take()).lostPower).toBe(false)
  })

  it('can be given up by a process that goes on', async () => {
    const lock = await take()
    lock.abandon()
    expect((await take()).lostPower).toBe(false)
  })

  it('of another container is respected while that shows life, and taken over when it does not', async () => {
    const lock = await take()
    const own = JSON.parse(readFileSync(path, 'utf8')) as object
    leave({ ...own, space: 'pid:[1]', host: 'other' })
    await expect(take()).rejects.toMatchObject({ problem: 'in-use', message: expect.stringContaining(`process ${process.pid} on other`) })
    leave(own)
    lock.release()
    leave({ space: 'pid:[1]', host: 'other' })
    await take()
  })

  it('that cannot be read counts as left behind', async () => {
    writeFileSync(path, '{"pid":')
    await take()
    expect(existsSync(path)).toBe(true)
  })
})
