import './platform/no-eval.ts'
import { createRoot } from 'react-dom/client'
import { App } from './app/App.tsx'
import { followBadge } from './app/follow-badge.ts'
import { followPreferences } from './app/follow-preferences.ts'
import { createChat } from './chat/create-chat.ts'
import { startLanguage } from './i18n/language.ts'
import { bootTheme } from './ui/boot-theme.ts'

bootTheme()
const speaking = startLanguage()
const root = document.getElementById('root')
if (root === null) throw new Error('The page has no element with the id "root".')
const chat = createChat()
followPreferences(chat)
followBadge(chat)
// No other language is to flash up first.
await speaking
createRoot(root).render(<App chat={chat} />)
