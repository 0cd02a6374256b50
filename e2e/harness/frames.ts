import type { Page } from '@playwright/test'

/** What one frame showed, as it was painted. */
export interface Frame {
  /** ms. */
  time: number
  /** px from the log's upper edge to the top of each message on the screen, by its id. */
  tops: Record<string, number>
  /** The message under the pointer, or, where that is on a divider, below it. */
  pointed: string | undefined
  /** Places on the screen without their message. */
  empty: number
}

declare global {
  interface Window {
    frames_: Frame[]
  }
}

/** Takes note of every frame from now on; `pointer`: px below the log's upper edge, in its middle. */
export async function watchFrames(page: Page, pointer: number): Promise<void> {
  await page.getByRole('log').evaluate((log, height) => {
    window.frames_ = []
    const channel = new MessageChannel()
    // On a busy machine other tasks come before the look, and may have grown a row already: then it overlaps the next one until the next frame's
    // resize observers, before that is painted. Such a state was never on the screen.
    const inPlace = (rows: DOMRect[]): boolean => {
      const sorted = rows.toSorted((a, b) => a.top - b.top)
      return sorted.every((row, i) => i === 0 || Math.abs(row.top - (sorted[i - 1]?.bottom ?? 0)) < 1)
    }
    // A frame's own layout work, that of resize observers included, comes after its animation callbacks: look once it has been painted.
    channel.port1.onmessage = () => {
      requestAnimationFrame(() => channel.port2.postMessage(0))
      if (!inPlace([...log.querySelectorAll('.timeline-row')].map((row) => row.getBoundingClientRect()))) return
      const edge = log.getBoundingClientRect()
      const frame: Frame = { time: performance.now(), tops: {}, pointed: undefined, empty: 0 }
      for (const row of log.querySelectorAll('.timeline-row')) {
        const box = row.getBoundingClientRect()
        if (box.bottom <= edge.top || box.top >= edge.bottom) continue
        const message = row.querySelector<HTMLElement>('[data-message]')
        const id = message?.dataset['message']
        if (message === null || id === undefined) frame.empty += row.querySelector('.placeholder') === null ? 0 : 1
        else {
          const place = message.getBoundingClientRect()
          frame.tops[id] = place.top - edge.top
          if (place.bottom - edge.top > height) frame.pointed ??= id
        }
      }
      window.frames_.push(frame)
    }
    requestAnimationFrame(() => channel.port2.postMessage(0))
  }, pointer)
}

/** The frames since the last call. */
export function takeFrames(page: Page): Promise<Frame[]> {
  return page.evaluate(() => window.frames_.splice(0))
}

/** Resolves when what has been done until now has been painted. */
export async function painted(page: Page): Promise<void> {
  await page.evaluate(() => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))))
}
