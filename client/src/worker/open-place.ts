import { isId } from '@chatflow/shared/ids'
import { formatRoute } from '../app/route.ts'
import type { WorkerMessage } from '../platform/notification-messages.ts'
import type { WorkerPorts } from './worker-ports.ts'

/** A notification was clicked: a page of the app comes to the front, or a new one is opened, and shows the message that the notification told of. */
export async function openPlace(data: unknown, ports: WorkerPorts): Promise<void> {
  const { room, seq } = (data ?? {}) as { room?: unknown; seq?: unknown }
  const place = isId(room) && typeof seq === 'number' ? { room, seq } : undefined
  const pages = await ports.pages()
  const page = pages.find(({ focused }) => focused) ?? pages.find(({ visible }) => visible) ?? pages[0]
  if (!page) return void (await ports.open(place === undefined ? '/' : `/${formatRoute({ room: place.room, at: place.seq })}`))
  if (place) page.post({ type: 'open-place', ...place } satisfies WorkerMessage)
  // Browsers allow it for a while after the click; without it the page has changed all the same.
  await page.focus().catch(() => undefined)
}
