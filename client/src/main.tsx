import './platform/no-eval.ts'
import { createRoot } from 'react-dom/client'
import { App } from './app/App.tsx'
import { createChat } from './chat/create-chat.ts'
import { bootTheme } from './ui/boot-theme.ts'

bootTheme()
const root = document.getElementById('root')
if (root === null) throw new Error('The page has no element with the id "root".')
createRoot(root).render(<App chat={createChat()} />)
