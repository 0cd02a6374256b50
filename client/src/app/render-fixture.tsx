import { act, cleanup, render } from '@testing-library/react'
import { onTestFinished } from 'vitest'
import { App } from './App.tsx'
import { createFixtureChat } from './fixture-chat.ts'
import { followPreferences } from './follow-preferences.ts'
import type { FixtureChat, FixtureOptions } from './fixture-chat.ts'
import { navigate } from './use-route.ts'

/** happy-dom lays nothing out; with these sizes the virtual list has a screen to fill. */
function giveSizes(): void {
  const size = (name: 'offsetHeight' | 'clientHeight' | 'offsetWidth' | 'scrollHeight', value: (element: HTMLElement) => number) =>
    Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: function (this: HTMLElement) { return value(this) } })
  const height = (element: HTMLElement) => (element.matches('.timeline-scroller, .emoji-scroller') ? 600 : 40)
  size('offsetHeight', height)
  size('clientHeight', height)
  size('offsetWidth', () => 800)
  size('scrollHeight', (element) => Math.max(height(element), Number.parseFloat(element.querySelector<HTMLElement>(':scope > .timeline-rows')?.style.height ?? '0')))
}

/** The whole app over the fixture, at a room if one is named. Everything arrives at once unless `latency` says otherwise. */
export function renderFixture(options: FixtureOptions & { room?: string } = {}): FixtureChat {
  giveSizes()
  localStorage.clear()
  navigate(options.room === undefined ? {} : { room: options.room }, { replace: true })
  const chat = createFixtureChat({ latency: 0, ...options })
  onTestFinished(followPreferences(chat))
  onTestFinished(cleanup)
  act(() => void render(<App chat={chat} />))
  return chat
}
