import { newId } from '@chatflow/shared/ids'
import { describe, expect, it } from 'vitest'
import { createMemoryPlatform, MemoryDevice } from '../platform/memory-platform.ts'
import { openUserStores } from './user-stores.ts'

describe('what a device keeps for a user', () => {
  it('is kept under a name of its own, by a device that is the same in all tabs and another one for each user', async () => {
    const device = new MemoryDevice()
    const [ada, grace] = [newId(), newId()]
    const one = await openUserStores(createMemoryPlatform({ device, WebSocket }), ada)
    const two = await openUserStores(createMemoryPlatform({ device, WebSocket }), ada)
    const other = await openUserStores(createMemoryPlatform({ device, WebSocket }), grace)
    expect([two.scope, two.device]).toEqual([one.scope, one.device])
    expect(other.scope).not.toBe(one.scope)
    expect(other.device).not.toBe(one.device)
  })

  it('is deleted as a whole, and what is kept for others stays', async () => {
    const device = new MemoryDevice()
    const platform = createMemoryPlatform({ device, WebSocket })
    const [ada, grace] = [await openUserStores(platform, newId()), await openUserStores(platform, newId())]
    for (const stores of [ada, grace]) {
      await stores.commands.writeFact('epoch', 'one')
      platform.keyValue.set(`${stores.scope}:rooms`, '{}')
      stores.commands.close()
    }
    await ada.wipe()
    expect(platform.keyValue.keys().filter((key) => key.startsWith(ada.scope))).toEqual([])
    expect(platform.keyValue.keys().filter((key) => key.startsWith(grace.scope)).toSorted()).toEqual([`${grace.scope}:device`, `${grace.scope}:rooms`])
    const again = await platform.openCommandStore(ada.scope)
    const others = await platform.openCommandStore(grace.scope)
    expect([await again.readFact('epoch'), await others.readFact('epoch')]).toEqual([undefined, 'one'])
  })
})
