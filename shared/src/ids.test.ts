import { describe, expect, it } from 'vitest'
import { dmRoomId, isId, newId } from './ids.ts'

const ada = '018f2d5c-0000-7000-8000-00000000000a'
const ben = '018f2d5c-0000-7000-8000-00000000000b'

describe('ids', () => {
  it('[R11] new ones are version 7, in lower case, and never the same', () => {
    const ids = Array.from({ length: 1_000 }, newId)
    expect(new Set(ids).size).toBe(1_000)
    expect(ids.every((id) => isId(id) && id[14] === '7')).toBe(true)
  })

  it.each(['', 'x', ada.toUpperCase(), ` ${ada}`, `${ada}\n`, ada.replaceAll('-', ''), 7, null, undefined, {}, [ada]])('[R11] %j is not an id', (value) => {
    expect(isId(value)).toBe(false)
  })

  it('[R11] a direct conversation has one id, whoever opens it and however often somebody is named', () => {
    expect(dmRoomId([ada, ben])).toBe(dmRoomId([ben, ada, ben]))
    expect(dmRoomId([ada, ben])).not.toBe(dmRoomId([ada]))
    // Fixed for ever: clients that have never met the server make the same.
    expect(dmRoomId([ada, ben])).toMatchInlineSnapshot(`"a68e4c6f-de55-5e60-840d-77ca6c7b22f3"`)
  })
})
