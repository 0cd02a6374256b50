import type { RateLimits } from '@chatflow/server-kit/rate-limiter'
import { CodedError } from '@chatflow/shared/errors'
import { fetchPreview } from './fetch-preview.ts'
import type { Guard } from '../outgoing/guard.ts'
import { NoAnswer } from '../outgoing/no-answer.ts'
import { type Known, knownFrom } from './preview-rows.ts'
import { createTurnstile } from './turnstile.ts'

/** How often one host is asked, over all instances that share their limits: ten at once, one a second. */
const HOST_PACE = { burst: 10, perSecond: 1 }

/** A link that is to be asked for again, in so many seconds. */
export interface Later {
  later: number
}

export interface HeldPages {
  /** What the page of a held link says. Rejects only once the fetcher is stopped. */
  fetch(url: string): Promise<Known | Later>
  release(): void
}

export interface PageFetcherOptions {
  guard: Guard
  /** Where the pace of hosts counts; undefined: there is none. */
  limits: RateLimits | undefined
  log: { warn(fields: object, message: string): void }
}

export interface PageFetcher {
  /**
   * For whoever is about to look whether these pages are kept, and to keep those that are not: as long as anybody holds a link, it is fetched once.
   * To be released after the keeping.
   */
  hold(urls: readonly string[]): HeldPages
  /** Gives up what is under way. */
  stop(): void
}

export function createPageFetcher({ guard, limits, log }: PageFetcherOptions): PageFetcher {
  const stop = new AbortController()
  const held = new Map<string, { holders: number; page?: Promise<Known | Later> }>()
  const guarded = { guard, turnstile: createTurnstile(limits?.pace('preview-hosts', HOST_PACE)), signal: stop.signal }

  async function ask(url: string): Promise<Known | Later> {
    try {
      return knownFrom(url, await fetchPreview(url, guarded))
    } catch (error) {
      if (stop.signal.aborted) throw new Error('stopped', { cause: error })
      if (error instanceof CodedError && error.code === 'rate_limited') return { later: error.retryAfter ?? 1 }
      // Whatever a page can make go wrong costs it its preview, and nobody else anything. The address is not told: it is part of a message.
      if (!(error instanceof NoAnswer)) log.warn({ fault: error instanceof Error ? error.name : typeof error }, 'a page could not be read for its preview')
      return 'nothing'
    }
  }

  return {
    hold(urls) {
      for (const url of urls) {
        const entry = held.get(url) ?? { holders: 0 }
        entry.holders += 1
        held.set(url, entry)
      }
      return {
        fetch(url) {
          const entry = held.get(url)
          if (entry === undefined) return ask(url)
          entry.page ??= ask(url)
          return entry.page
        },
        release() {
          for (const url of urls) {
            const entry = held.get(url)
            if (entry === undefined) continue
            entry.holders -= 1
            if (entry.holders === 0) held.delete(url)
          }
        },
      }
    },
    stop: () => stop.abort(),
  }
}
