import { describe, expect, it } from 'vitest'
import { SharedSessions } from './shared-sessions.ts'

class Session {
  isClosed = false
  /** Ends the closing that has begun. */
  stored: () => void = () => undefined

  close(): Promise<void> {
    this.isClosed = true
    return new Promise((resolve) => (this.stored = resolve))
  }
}

describe('sessions that are shared', () => {
  it('are opened once, and closed when the last holder has released them', () => {
    const sessions = new SharedSessions(() => new Session())
    const [one, two] = [sessions.acquire('a'), sessions.acquire('a')]
    expect(two.session).toBe(one.session)
    one.release()
    // A second release of one holder is not the release of another.
    one.release()
    expect([one.session.isClosed, sessions.has('a')]).toEqual([false, true])
    two.release()
    expect([one.session.isClosed, sessions.get('a'), sessions.keys()]).toEqual([true, undefined, []])
    expect(sessions.acquire('a').session).not.toBe(one.session)
  })

  it('that were closed over their holders are not touched by what these release later', () => {
    const sessions = new SharedSessions(() => new Session())
    const before = sessions.acquire('a')
    sessions.close('a')
    const after = sessions.acquire('a')
    before.release()
    expect([before.session.isClosed, after.session.isClosed, sessions.get('a')]).toEqual([true, false, after.session])
  })

  it('may be kept after the last release', () => {
    const kept: string[] = []
    const sessions = new SharedSessions(
      () => new Session(),
      (key: string) => {
        if (kept.push(key) === 1) sessions.acquire(key)
        else sessions.close(key)
      },
    )
    const first = sessions.acquire('a')
    first.release()
    expect([first.session.isClosed, kept]).toEqual([false, ['a']])
    sessions.acquire('a').release()
    // Held by whoever kept it.
    expect([first.session.isClosed, kept]).toEqual([false, ['a']])
  })

  it('are settled when all that was closed is stored', async () => {
    const sessions = new SharedSessions((_key: string) => new Session())
    const [a, b] = [sessions.acquire('a').session, sessions.acquire('b').session]
    let settled = false
    const all = sessions.closeAll().then(() => (settled = true))
    a.stored()
    await Promise.resolve()
    expect([a.isClosed, b.isClosed, settled]).toEqual([true, true, false])
    b.stored()
    await all
    await sessions.settled()
    expect(sessions.entries()).toEqual([])
  })
})
