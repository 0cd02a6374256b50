import { describe, expect, it } from 'vitest'
import { dmRoomId, isDmRoomId, isId, newId } from './ids.ts'

const ADA = '01890a5d-ac96-774b-bcce-b302099a8057'
const BEN = '01890a5d-ac96-774b-bcce-b302099a8058'
const CLEO = '01890a5d-ac96-774b-bcce-b302099a8059'

describe('[R11] an id', () => {
  it('is new each time, of version 7, and in the order of making', () => {
    const ids = Array.from({ length: 1_000 }, newId)
    expect(new Set(ids).size).toBe(1_000)
    expect(ids.every((id) => isId(id) && id[14] === '7')).toBe(true)
    expect([...ids].sort()).toEqual(ids)
  })

  it.each([ADA.toUpperCase(), `{${ADA}}`, `urn:uuid:${ADA}`, ADA.replaceAll('-', ''), ` ${ADA}`, `${ADA}\n`, ADA.slice(1), '', 'me', 7, null, undefined, [ADA], { toString: () => ADA }])(
    'is not spelt %j',
    (value) => {
      expect(isId(value)).toBe(false)
    },
  )
})

describe('[R11] the room of a direct conversation', () => {
  it('follows from its members, whatever their order, whoever asks', () => {
    const room = dmRoomId([ADA, BEN, CLEO])
    expect(isId(room)).toBe(true)
    for (const people of [[ADA, CLEO, BEN], [BEN, ADA, CLEO], [BEN, CLEO, ADA], [CLEO, ADA, BEN], [CLEO, BEN, ADA]]) expect(dmRoomId(people)).toBe(room)
  })

  it('is another one for other people, and does not change by naming someone twice', () => {
    expect(dmRoomId([ADA, BEN])).not.toBe(dmRoomId([ADA, CLEO]))
    expect(dmRoomId([ADA, BEN])).not.toBe(dmRoomId([ADA, BEN, CLEO]))
    expect(dmRoomId(new Set([ADA, BEN]))).toBe(dmRoomId([BEN, ADA, BEN]))
  })

  it('is the one that any other client computes: UUIDv5 of the sorted ids joined by a comma', async () => {
    // By hand, from RFC 9562: SHA-1 of namespace and name, version and variant set.
    const namespace = '6f1d0a522b0e5c1e9a570c8a4f6d7e10'.match(/../g)?.map((byte) => Number.parseInt(byte, 16)) ?? []
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-1', new Uint8Array([...namespace, ...new TextEncoder().encode(`${ADA},${BEN}`)]))).slice(0, 16)
    hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50
    hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80
    const hex = [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('')
    expect(dmRoomId([BEN, ADA])).toBe(`${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`)
  })

  it('is told from the id of any other room', () => {
    expect(isDmRoomId(dmRoomId([ADA, BEN]))).toBe(true)
    expect(isDmRoomId(newId())).toBe(false)
  })

  it('[R13] stays what it was in version 1', () => {
    expect(dmRoomId([ADA, BEN])).toBe('f48ac126-596c-597a-8a83-a124ee7e901c')
  })
})
