import './platform/no-eval.ts'
import { createRoot } from 'react-dom/client'
import { App } from './app/App.tsx'
import { followPreferences } from './app/follow-preferences.ts'
import { createChat } from './chat/create-chat.ts'
import { bootTheme } from './ui/boot-theme.ts'

bootTheme()
const root = document.getElementById('root')
if (root === null) throw new Error('The page has no element with the id "root".')
const chat = createChat()
followPreferences(chat)
createRoot(root).render(<App chat={chat} />)
