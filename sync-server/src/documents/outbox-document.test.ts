import { docName } from '@chatflow/shared/doc-names'
import { newId } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'
import type { Document, onChangePayload } from '@hocuspocus/server'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import type { ConnectionContext } from './context.ts'
import { outboxExtension } from './outbox-document.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

async function offer(count: number, paced: boolean): Promise<{ submitted: () => number; doc: Y.Doc }> {
  const doc = new Y.Doc()
  let submitted = 0
  const extension = outboxExtension({
    sequencer: {
      submit: (_user, command) => {
        submitted += 1
        return Promise.resolve({ id: command.id, status: 'accepted' })
      },
    },
    paced,
    log: { warn: () => undefined },
  })
  doc.getArray('commands').push(Array.from({ length: count }, (_, i) => ({ v: 1, id: newId(), at: 1, type: 'me.set', key: `k${i}`, value: i })))
  const change = { documentName: docName.outbox(newId(), newId(), newId()), document: doc as Document, update: new Uint8Array(1), connection: {} }
  await extension.onChange?.(change as unknown as onChangePayload<ConnectionContext>)
  return { submitted: () => submitted, doc }
}

it('[R10] an outbox is taken a window at once, then 50 commands a second, and none is refused', async () => {
  const { submitted, doc } = await offer(LIMITS.outboxWindowCommands + 100, true)
  expect(submitted()).toBe(200)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(submitted()).toBeGreaterThanOrEqual(249)
  expect(submitted()).toBeLessThanOrEqual(251)
  await vi.advanceTimersByTimeAsync(1_100)
  expect(submitted()).toBe(300)
  expect(doc.getMap('settled').size).toBe(300)
  expect(doc.getMap('rejected').size).toBe(0)
  expect(vi.getTimerCount()).toBe(0)
})

it('an outbox that is closed is taken no further', async () => {
  const { submitted, doc } = await offer(LIMITS.outboxWindowCommands + 100, true)
  doc.destroy()
  await vi.advanceTimersByTimeAsync(5_000)
  expect(submitted()).toBe(200)
})

it('without limits an outbox is taken at once', async () => {
  expect((await offer(LIMITS.outboxWindowCommands + 100, false)).submitted()).toBe(300)
})
