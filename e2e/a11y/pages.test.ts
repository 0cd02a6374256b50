import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { PAGES } from './pages.ts'

const SOURCES = fileURLToPath(new URL('../../client/src', import.meta.url))
const rows = Object.values(PAGES).flat()
const read = (file: string): string => readFileSync(`${SOURCES}/${file}`, 'utf8')

/** Parts that open above or beside the page. */
/** Only with a page of the internet, or with notes of megabytes; their questions are those of `ui/ConfirmDialog.tsx`. */
const NOT_HERE = ['timeline/previews/LinkPreviews.tsx', 'notes/NotesRefused.tsx']
const OPENS = /<(Dialog|ConfirmDialog|Menu|Popover|Popper|Drawer|Select|Autocomplete)\b/g

test('every dialog, menu and popover of the client is in a row of the table', () => {
  const files = globSync('**/*.tsx', { cwd: SOURCES }).filter((file) => !/\.test\.tsx$|^app\/fixture/.test(file) && !NOT_HERE.includes(file))
  const opened = files.map((file) => ({ file, there: read(file).match(OPENS)?.length ?? 0 })).filter(({ there }) => there > 0)
  const lacking = opened.filter(({ file, there }) => rows.filter((row) => row.shows?.includes(file)).length < there)
  expect(lacking.map(({ file, there }) => `${file} opens ${there}`)).toEqual([])
  expect(rows.flatMap(({ shows }) => shows ?? []).filter((file) => !files.includes(file))).toEqual([])
})

test('every section of a page and every panel of a room is in a row of the table', () => {
  const known = new Set(rows.map(({ what }) => what))
  const sections = [['settings', 'account/settings/SettingsPage.tsx'], ['admin', 'admin/AdminPage.tsx'], ['reports', 'moderation/ReportsPage.tsx'], ['scheduled', 'scheduled/ScheduledPage.tsx']] as const
  const places = sections.flatMap(([page, file]) => Array.from(read(file).matchAll(/\{ name: '([\w-]+)'/g), ([, name]) => `${page}/${name}`))
  const panels = Array.from(/PANELS = \[(.*?)\]/.exec(read('app/route.ts'))?.[1]?.matchAll(/'([\w-]+)'/g) ?? [], ([, name]) => `panel: ${name}`)
  expect(places.length).toBeGreaterThan(10)
  expect(panels.length).toBeGreaterThan(3)
  expect([...places, ...panels].filter((what) => !known.has(what))).toEqual([])
})
