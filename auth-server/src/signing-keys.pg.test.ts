import { migrate, type Database } from '@chatflow/database'
import { testDatabases } from '@chatflow/database/testing'
import { createVerifier } from '@chatflow/server-kit/access-tokens'
import { migrateKit } from '@chatflow/server-kit/migrate-kit'
import { newId } from '@chatflow/shared/ids'
import { decodeProtectedHeader } from 'jose'
import { beforeEach, describe, expect, it } from 'vitest'
import { KEY_AGE_MS, KEY_OVERLAP_MS, renewSigningKeys, replaceSigningKeys } from './renew-signing-keys.ts'
import { openSigningKeys } from './signing-keys.ts'
import { createTokens } from './tokens.ts'

const issuer = 'https://chat.example.org'

describe.each(testDatabases())('keys that sign access tokens on $name', ({ open }) => {
  let db: Database
  let now: number
  const clock = () => now

  beforeEach(async () => {
    db = await open()
    now = 1_800_000_000_000
    await migrateKit(db)
    await migrate(db, 'auth', new URL('./migrations/', import.meta.url))
  })

  async function process() {
    const keys = await openSigningKeys(db, clock)
    const tokens = createTokens(keys, issuer, clock)
    const verifier = createVerifier(keys.keys, { issuer, clock })
    const issue = async () => (await tokens.issue({ id: newId(), role: 'member' }, newId())).accessToken
    return { verifier, issue, published: async () => (await keys.published()).keys.map(({ kid }) => kid) }
  }
  const kidOf = (token: string) => decodeProtectedHeader(token).kid

  it('are one key for all processes that start together', async () => {
    const all = await Promise.all([process(), process(), process(), process()])
    const kids = await Promise.all(all.map(async ({ issue }) => kidOf(await issue())))
    expect(new Set(kids).size).toBe(1)
  })

  it('are renewed by their age: the next is published an hour before it signs, the old one until its tokens have ended', async () => {
    const one = await process()
    const first = await one.issue()
    now += KEY_AGE_MS - 1
    await renewSigningKeys(db, now)
    expect(await one.published()).toHaveLength(1)
    now += 1
    await Promise.all([renewSigningKeys(db, now), renewSigningKeys(db, now)])
    now += 60_000
    const [, next] = [...(await one.published())].sort((a, b) => Number(b === kidOf(first)) - Number(a === kidOf(first)))
    expect(await one.published()).toHaveLength(2)
    expect(kidOf(await one.issue())).toBe(kidOf(first))
    now += KEY_OVERLAP_MS
    const last = await one.issue()
    expect(kidOf(last)).toBe(next)
    await renewSigningKeys(db, now)
    expect(await one.published()).toHaveLength(2)
    now += KEY_OVERLAP_MS
    await renewSigningKeys(db, now)
    now += 60_000
    expect(await one.published()).toEqual([next])
  })

  it('sign tokens that are good through a renewal', async () => {
    const one = await process()
    now += KEY_AGE_MS
    await renewSigningKeys(db, now)
    now += KEY_OVERLAP_MS - 30_000
    const old = await one.issue()
    now += 60_000
    const fresh = await one.issue()
    expect(kidOf(fresh)).not.toBe(kidOf(old))
    for (const token of [old, fresh]) expect(await one.verifier.verify(token)).toMatchObject({ role: 'member' })
  })

  it('can be replaced at once, and what the old ones have signed opens nothing within a minute', async () => {
    const one = await process()
    const old = await one.issue()
    await replaceSigningKeys(db, now)
    now += 60_000
    const fresh = await one.issue()
    expect(kidOf(fresh)).not.toBe(kidOf(old))
    await expect(one.verifier.verify(old)).rejects.toMatchObject({ code: 'unauthenticated' })
    expect(await one.verifier.verify(fresh)).toMatchObject({ role: 'member' })
    expect(await one.published()).toEqual([kidOf(fresh)])
  })
})
