import { createContext, useContext } from 'react'

export type DialogName = 'new-room' | 'new-direct' | 'browse-rooms' | 'jump' | 'keys'

interface ShellApi {
  openDialog(name: DialogName): void
}

/** What parts of the screen may ask of the frame around them. */
export const ShellContext = createContext<ShellApi>({ openDialog: () => undefined })

export const useShell = (): ShellApi => useContext(ShellContext)
