import useMediaQuery from '@mui/material/useMediaQuery'

/** Is the screen so narrow that lists and what they open take turns, as the style sheets have it? */
export function useOneColumn(): boolean {
  return useMediaQuery('(max-width: 799px)')
}
