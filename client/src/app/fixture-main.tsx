import { createRoot } from 'react-dom/client'
import { startLanguage } from '../i18n/language.ts'
import { bootTheme } from '../ui/boot-theme.ts'
import { App } from './App.tsx'
import { followPreferences } from './follow-preferences.ts'
import { createFixtureChat } from './fixture-chat.ts'
import type { FixtureChat } from './fixture-chat.ts'

declare global {
  interface Window {
    /** Handles for scripts that drive this page. */
    fixture: FixtureChat
  }
}

const query = new URLSearchParams(location.search)
const chat = createFixtureChat({
  phase: query.get('phase') === 'signed-out' ? 'signed-out' : query.get('phase') === 'starting' ? 'starting' : 'ready',
  latency: Number(query.get('latency') ?? 250),
  durable: !query.has('not-durable'),
  ...(query.has('empty') ? { rooms: [] } : {}),
})
window.fixture = chat
bootTheme()
await startLanguage()
followPreferences(chat)
const root = document.getElementById('root')
if (root !== null) createRoot(root).render(<App chat={chat} />)
