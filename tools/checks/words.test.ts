import { describe, expect, test } from 'vitest'
import { checkCatalog } from './catalogs.ts'
import { checkWords } from './words.ts'

describe('a language is refused when', () => {
  const english = {
    rooms: { title: 'Rooms', leave: 'Leave {{room}}?', members_one: '{{count}} member', members_other: '{{count}} members of {{room}}', why: 'Read <more>why</more>.' },
  }
  const german = {
    rooms: { title: 'Räume', leave: '{{room}} verlassen?', members_one: 'Ein Mitglied von {{room}}', members_other: '{{count}} Mitglieder von {{room}}', why: 'Lies, <more>warum</more>.' },
  }
  const problems = (change: Record<string, string | undefined>): string[] => {
    const rooms = Object.fromEntries(Object.entries({ ...german.rooms, ...change }).filter((entry): entry is [string, string] => entry[1] !== undefined))
    return checkCatalog('de', { rooms }, english)
  }

  test('nothing is wrong with it: no', () => expect(problems({})).toEqual([]))

  test.each([
    ['a text is missing', { title: undefined }, 'title is missing.'],
    ['a text is superfluous', { topic: 'Thema' }, 'topic is not among the English texts.'],
    ['a placeholder is missing', { leave: 'Raum verlassen?' }, 'leave lacks {{room}}.'],
    ['a placeholder is misspelt', { leave: '{{raum}} verlassen?' }, 'leave has {{raum}}, which nobody gives.'],
    ['a plural form is missing', { members_one: undefined }, 'members lacks the plural form "one".'],
    ['a plural form is one of another language', { members_few: '{{count}} Mitglieder von {{room}}' }, 'members has the plural form "few", which the language has not.'],
    ['a text has plural forms that English has not', { title: undefined, title_one: 'Raum', title_other: 'Räume' }, 'title has plural forms, which it has not in English.'],
    ['the number is missing where there are many', { members_other: 'Mitglieder von {{room}}' }, 'members_other lacks {{count}}.'],
    ['a tag is missing', { why: 'Lies, warum.' }, 'why lacks the tag <more>.'],
    ['a tag is not closed', { why: 'Lies, <more>warum.' }, 'why has a tag that is not closed.'],
    ['a text is the English one', { why: 'Read <more>why</more>.' }, 'why is the English text.'],
    ['a text is empty', { title: '' }, 'title is empty, or begins or ends with a space: a text is a whole.'],
    ['a value is written in another way', { title: 'Räume {x}' }, 'title has "{" or "$t(": values are written {{name}}, and texts do not call others.'],
  ])('%s', (_sentence, change, problem) => {
    expect(problems(change)).toContain(`de/rooms.ts: ${problem}`)
  })

  test('a form of its own for none is taken, in any language', () => {
    expect(problems({ members_zero: 'Niemand in {{room}}' })).toEqual([])
  })
})

describe('words outside of the catalogs are found', () => {
  const found = (text: string, path = 'rooms/X.tsx'): string[] => checkWords({ path, text }).map((problem) => problem.replace(/^client\/src\//, ''))

  test.each([
    ['as text between tags', 'const X = () => <p>Leave</p>'],
    ['as an attribute that is read', 'const X = () => <p aria-label="leave" />'],
    ['as one of two attributes', 'const X = ({ a }) => <p title={a ? "leave" : undefined} />'],
    ['as a sentence in a template', 'const x = (n) => `${n} rooms left`'],
    ['as a sentence in a constant', "const TITLE = 'All rooms'"],
    ['as a word in a table', "const CHOICES = [{ value: 'a', title: 'Leave' }]"],
    ['as an answer that is called as a key is', 'const X = () => <Dialog confirm="End" />'],
    ['as a sentence given to a component', 'const X = () => <Empty text="Nothing here yet." />'],
    ['as one of two small words', 'const X = ({ a }) => <p>{a ? "confirmed" : null}</p>'],
    ['as what a function answers', "function x(a) { return a ? 'Sign in' : 'Out' }"],
    ['in a call', "notify('Everything is read already.')"],
  ])('%s', (_where, text) => {
    expect(found(text)).toHaveLength(text.includes('Out') ? 2 : 1)
  })

  test('a problem says where it is', () => {
    expect(found('const a = 1\nconst X = () => <p>Leave</p>')).toEqual(['rooms/X.tsx:2: "Leave" is not in the catalogs.'])
  })

  test('what nobody reads is left alone', () => {
    const code = [
      "import x from './two words.ts'",
      'const X = () => <p className="text-2 row" id="x" role="img">{t("rooms.title")}</p>',
      "if (event.key === 'Escape') throw new Error('This component needs a provider.')",
      "const open = document.querySelector('dialog [open] button')",
      "type Name = 'Two words' | 'Another'",
      "switch (event.key) { case 'Enter': break }",
      'const path = `rooms/${x}`',
      "const style = { transition: 'opacity 120ms ease' }",
    ]
    expect(found(code.join('\n'))).toEqual([])
  })

  test('a text that is taken when the module is loaded is refused, since the language can change', () => {
    expect(found("const TITLE = t('rooms.title')")).toEqual(['rooms/X.tsx:1: "t" is called when the module is loaded: the language is not known then.'])
    expect(found("const title = () => t('rooms.title')")).toEqual([])
  })

  test('a text that state would hold in one language is refused; what a child of it shows is not', () => {
    expect(found("const save = () => setProblem(a ? t('rooms.title') : undefined)")).toEqual(['rooms/X.tsx:1: "t" makes a text that state then holds in one language: keep a "Sentence" (useSentence).'])
    expect(found("const useX = () => useState(() => t('rooms.title'))")).toHaveLength(1)
    expect(found("const save = () => ask().then(() => setNote({ text: said(answer.says), wrong: true }))")).toHaveLength(1)
    expect(found("const X = () => <Chooser onChoose={(one) => setOne(one)} label={t('rooms.title')} />")).toEqual([])
    expect(found("const move = () => element.setAttribute('aria-valuetext', t('rooms.title'))")).toEqual([])
  })

  test('a component that is kept has to follow the language', () => {
    const kept = (inside: string): string => `const X = memo(function X() { ${inside} return <p>{t('rooms.title')}</p> })`
    expect(found(kept(''))).toEqual(['rooms/X.tsx: a component in "memo" that shows words has to use "useLanguage".'])
    expect(found(kept('useLanguage();'))).toEqual([])
  })

  test('numbers and dates in another language than the words are refused', () => {
    expect(found('const x = (n) => n.toLocaleString()')).toHaveLength(1)
    expect(found('const x = () => new Intl.DateTimeFormat(undefined, {})')).toHaveLength(1)
    expect(found('const x = perLocale((locale) => new Intl.NumberFormat(locale))')).toEqual([])
  })

  test('a file that cannot be read is a problem', () => {
    expect(found('const = <p>')).toHaveLength(1)
  })
})
