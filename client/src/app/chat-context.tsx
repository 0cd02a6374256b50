import { createContext, useContext } from 'react'
import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import type { Chat, ChatActions, ChatState, ServerCalls } from '../chat/contract.ts'

const ChatContext = createContext<Chat | undefined>(undefined)

export function ChatProvider({ chat, children }: { chat: Chat; children: ReactNode }) {
  return <ChatContext value={chat}>{children}</ChatContext>
}

function useChat(): Chat {
  const chat = useContext(ChatContext)
  if (chat === undefined) throw new Error('This component needs a ChatProvider above it.')
  return chat
}

/** Reads a part of the state; the component renders again when that part is another one (compared shallowly). */
export function useChatState<T>(selector: (state: ChatState) => T): T {
  return useStore(useChat().store, useShallow(selector))
}

export function useActions(): ChatActions {
  return useChat().actions
}

export function useServer(): ServerCalls {
  return useChat().server
}

/** The signed-in person, for components that exist only while there is one. */
export function useMe(): NonNullable<ChatState['user']> {
  const user = useChatState((state) => state.user)
  if (user === undefined) throw new Error('Nobody is signed in.')
  return user
}
