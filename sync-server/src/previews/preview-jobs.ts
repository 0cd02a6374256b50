import type { Database, Queryable } from '@chatflow/database'
import { enqueue } from '@chatflow/server-kit/jobs/enqueue'
import type { JobHandlers } from '@chatflow/server-kit/jobs/job-worker'
import type { RateLimits } from '@chatflow/server-kit/rate-limiter'
import type { Id } from '@chatflow/shared/ids'
import { previewLinks } from '@chatflow/shared/links'
import { changeRoom } from '../sequencer/change-room.ts'
import type { Effects } from '../sequencer/effects.ts'
import type { RoomState } from '../sequencer/room-state.ts'
import type { MessageRow } from '../sequencer/rows.ts'
import type { HeldPages, Later, PageFetcher } from './page-fetcher.ts'
import { keepPage, type Known, knownPages } from './preview-rows.ts'
import { linkPreviewsOn } from './preview-setting.ts'

export interface PreviewJobsOptions {
  db: Database
  pages: PageFetcher
  /** Documents follow each commit. */
  follow(effects: Effects): void
  /** Where it counts how many pages are fetched for one person; undefined: it does not. */
  limits: RateLimits | undefined
  now(): number
}

/** Pages fetched for what one person writes: thirty at once, one in two seconds. Beyond, messages stay without previews. */
const AUTHOR_PACE = { burst: 30, perSecond: 0.5 }
/** How often a message waits for a host that is asked too often. */
const MOST_TRIES = 5

/** Gives a message the previews of its links: fetched outside of any transaction, then written in the way of a batch, if the message still has the links. A repeat finds them there. */
export function previewJobs({ db, pages, follow, limits, now }: PreviewJobsOptions): JobHandlers {
  const pace = limits?.pace('preview-authors', AUTHOR_PACE)

  const mayFetch = async (author: Id, count: number): Promise<boolean> => {
    try {
      await pace?.take(author, count)
      return true
    } catch {
      return false
    }
  }

  const learn = async (author: Id, links: readonly string[], held: HeldPages): Promise<Map<string, Known | Later>> => {
    const known: Map<string, Known | Later> = await knownPages(db, links, now())
    const unknown = links.filter((url) => !known.has(url))
    if (unknown.length === 0 || !(await mayFetch(author, unknown.length))) return known
    for (const [i, page] of (await Promise.all(unknown.map((url) => held.fetch(url)))).entries()) known.set(unknown[i] ?? '', page)
    return known
  }

  return {
    'message.previews': async ({ room, message, tries = 1 }) => {
      const row = (await linkPreviewsOn(db)) ? await readMessage(db, room, message) : undefined
      const links = row === undefined ? [] : missingLinks(row)
      if (row === undefined || links.length === 0) return
      const held = pages.hold(links)
      try {
        const known = await learn(row.by_user, links, held)
        const effects = await changeRoom(db, room, now(), async (q, state) => {
          const again = await attach(q, state, message, known)
          if (again > 0 && tries < MOST_TRIES) await enqueue(q, 'message.previews', { room, message, tries: tries + 1 }, { now: now(), runAt: now() + again * 1_000 })
        })
        follow(effects)
      } finally {
        held.release()
      }
    },
  }
}

/** Answers in how many seconds to look again; 0: nothing is left to do. */
async function attach(q: Queryable, state: RoomState, message: Id, known: ReadonlyMap<string, Known | Later>): Promise<number> {
  const row = await readMessage(q, state.id, message)
  if (row === undefined) return 0
  const links = missingLinks(row)
  // Locked before anything is written: see `forgetLinks`.
  const kept = await knownPages(q, links, state.now, 'for update')
  let again = 0
  const found = new Map((row.previews ?? []).map((preview) => [preview.url, preview]))
  for (const url of links) {
    const page = known.get(url)
    if (page === undefined) continue
    if (page !== 'nothing' && 'later' in page) {
      again = Math.max(again, page.later)
      continue
    }
    // Kept when it was looked up, and forgotten since.
    const isFresh = page === 'nothing' || page.image !== undefined || page.preview.image === undefined
    if (!isFresh && !kept.has(url)) again = Math.max(again, 1)
    else {
      if (!kept.has(url)) await keepPage(q, url, page, state.now)
      if (page !== 'nothing') found.set(url, page.preview)
    }
  }
  // In the order of the text.
  const previews = previewLinks(row.text).flatMap((url) => found.get(url) ?? [])
  if (previews.length === (row.previews?.length ?? 0)) return again
  row.previews = previews
  state.touch(row)
  return again
}

async function readMessage(q: Queryable, room: Id, message: Id): Promise<MessageRow | undefined> {
  return (await q.query<MessageRow>('select * from messages where room_id = $1 and id = $2 and not deleted', [room, message])).rows[0]
}

/** Links of a message that have no preview and may have one. */
function missingLinks(row: MessageRow): string[] {
  const there = new Set([...(row.previews_off ?? []), ...(row.previews ?? []).map(({ url }) => url)])
  return previewLinks(row.text).filter((url) => !there.has(url)).sort()
}
