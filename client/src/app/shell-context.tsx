import { createContext, useContext } from 'react'
import { SearchPlace } from '../search/search-place.ts'
import type { OpenSearch } from '../search/use-open-search.ts'

export type DialogName = 'new-room' | 'new-direct' | 'browse-rooms' | 'jump' | 'keys'

interface ShellApi {
  openDialog(name: DialogName): void
  openSearch(options?: OpenSearch): void
  searchPlace: SearchPlace
}

/** What parts of the screen may ask of the frame around them. */
export const ShellContext = createContext<ShellApi>({ openDialog: () => undefined, openSearch: () => undefined, searchPlace: new SearchPlace() })

export const useShell = (): ShellApi => useContext(ShellContext)
