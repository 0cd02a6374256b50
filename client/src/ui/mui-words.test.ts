import { deDE } from '@mui/material/locale'
import { expect, it } from 'vitest'

const sources = import.meta.glob<string>(['../**/*.tsx', '!../**/*.test.tsx'], { query: '?raw', import: 'default', eager: true })
/** What MUI's parts would say by themselves, by the list of its own translators: "Autocomplete" has `clearText` and others. */
const words = Object.entries(deDE.components ?? {}).map(([name, part]) => ({ part: name.replace(/^Mui/, ''), props: Object.keys(part?.defaultProps ?? {}) }))

it('no part of MUI speaks English by itself: whoever uses one gives it all its words from the catalogs', () => {
  expect(words.find(({ part }) => part === 'Autocomplete')?.props).toContain('clearText')
  const missing = Object.entries(sources).flatMap(([path, text]) =>
    words
      .filter(({ part }) => text.includes(`'@mui/material/${part}'`))
      .flatMap(({ part, props }) => props.filter((prop) => !text.includes(`${prop}={`)).map((prop) => `${path}: ${part} lacks ${prop}`)),
  )
  expect(missing).toEqual([])
  expect(Object.keys(sources).length).toBeGreaterThan(100)
})
