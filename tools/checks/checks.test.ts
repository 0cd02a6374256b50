import { describe, expect, test } from 'vitest'
import { ASVS_LEVELS } from './asvs-levels.ts'
import { checkAsvs } from './asvs.ts'
import { checkErrors } from './errors.ts'
import { checkEvidence } from './evidence.ts'
import { isAllowedLicence } from './licences.ts'
import { checkRules } from './rules.ts'

// Written so that the check of this project does not take the examples for tests.
const named = (name: string): string => `te${'st'}('${name}', () => {})`

describe('rules and tests', () => {
  const spec = '# Rules\n\n| id | rule |\n| --- | --- |\n| R1 | One. |\n| R2 | Two, see R9. |\n\n**R3** Three.\n'

  test('a rule that no test names is a problem', () => {
    const tests = [{ path: 'a.test.ts', text: `${named('[R1] holds')}\n${named('[R3] holds')}` }]
    expect(checkRules(spec, tests)).toEqual(['R2 of docs/SPEC.md has no test that names it.'])
  })

  test('a test that names an unknown rule is a problem', () => {
    const tests = [{ path: 'a.test.ts', text: named('[R1, R2] hold') + named('[R3][R7] hold') }]
    expect(checkRules(spec, tests)).toEqual(['a.test.ts names R7, which docs/SPEC.md does not have.'])
  })

  test('a rule named outside of a test name does not count', () => {
    expect(checkRules('- R1 One.', [{ path: 'a.test.ts', text: "// [R1]\nconst x = '[R1]'" }])).toHaveLength(1)
  })

  test('names of parameterised tests and of groups count', () => {
    expect(checkRules('- R1 One.', [{ path: 'a.test.ts', text: "it.each([1, 2])('[R1] seed %s', () => {})" }])).toEqual([])
    expect(checkRules('- R1 One.', [{ path: 'a.test.ts', text: "describe('[R1] all', () => {})" }])).toEqual([])
  })

  test('a page without rules is a problem', () => {
    expect(checkRules('nothing', [])).toHaveLength(1)
  })
})

describe('errors in table, docs and code', () => {
  const table = { not_found: { status: 404 }, forbidden: { status: 403 } }
  const docs = (rows: string): string => `# Protocol\n\n## Errors\n\n| code | status |\n| --- | --- |\n${rows}\n## Next\n| \`elsewhere\` | 1 |\n`

  test('nothing is wrong when all three agree', () => {
    expect(checkErrors(table, docs('| `not_found` | 404 |\n| `forbidden` | 403 |'), ["'not_found'", "'forbidden'"])).toEqual([])
  })

  test('a code missing in the docs, one missing in the table, a wrong status and an unused code are each named', () => {
    const problems = checkErrors({ ...table, gone: { status: 410 } }, docs('| `not_found` | 400 |\n| `gone` | 410 |\n| `ghost` | 418 |'), ["'not_found' 'gone'"])
    expect(problems).toEqual([
      'forbidden is missing in docs/PROTOCOL.md.',
      'docs/PROTOCOL.md lists ghost, which shared/src/errors.ts does not have.',
      'docs/PROTOCOL.md gives not_found another status than 404.',
      'No source file uses forbidden.',
    ])
  })

  test('docs without the section are a problem', () => {
    expect(checkErrors(table, '', [])).toHaveLength(1)
  })
})

describe('tests named as evidence', () => {
  const tests = [{ path: 'a/b.test.ts', text: named('says no, and why') }]
  const page = (text: string): string[] => checkEvidence('docs/X.md', text, tests)

  test('that are there are no problem, with or without words of their name', () => {
    expect(page('| x | `a/b.test.ts` |\n| y | `a/b.test.ts` "says no" |')).toEqual([])
  })

  test('that are not there are named, by file or by words', () => {
    expect(page('`a/c.test.ts`, `a/b.test.ts` "says yes"')).toEqual([
      'docs/X.md names a/c.test.ts, which is not there.',
      'docs/X.md names the test "says yes", which a/b.test.ts does not have.',
    ])
  })

  test('are to be named: a page without any is a problem', () => {
    expect(page('All is well.')).toEqual(['docs/X.md names no test.'])
  })
})

describe('rows of requirements', () => {
  const levels = { '1.1.1': 1, '1.1.2': 2, '1.2.1': 2 }
  const exists = (path: string): boolean => path === 'docs/X.md' || path === 'a/b.test.ts'
  const page = (...rows: string[]): string => `# X\n\n| id | level | state | where |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`
  const good = ['| 1.1.1 | 1 | met | words. `a/b.test.ts` "says" |', '| 1.1.2 | 2 | not applicable | there is none |', '| 1.2.1 | 2 | deviates | why. [x](docs/X.md) |']

  test('are right if each requirement has one, with a state, words and a place that is there', () => {
    expect(checkAsvs(page(...good), levels, exists)).toEqual([])
    expect(checkAsvs(page('| 1.1.1 | 1 | operator | README. `docs/X.md` |', ...good.slice(1)), levels, exists)).toEqual([])
  })

  test('that are missing, there twice, unknown, of another level or in another state are named', () => {
    expect(checkAsvs(page(good[0] ?? '', good[0] ?? '', '| 1.1.2 | 1 | partly | `docs/X.md` |', '| 9.9.9 | 1 | met | `docs/X.md` |'), levels, exists)).toEqual([
      'docs/ASVS.md has no row for 1.2.1.',
      'docs/ASVS.md has more than one row for 1.1.1.',
      'docs/ASVS.md says level 1 of 1.1.2, which is of level 2.',
      'docs/ASVS.md says "partly" of 1.1.2: there are met, not applicable, deviates and operator.',
      'docs/ASVS.md has a row for 9.9.9, which is no requirement up to level 2.',
    ])
  })

  test('that name nothing to look at, or what is not there, are named', () => {
    expect(checkAsvs(page('| 1.1.1 | 1 | met | believe me |', '| 1.1.2 | 2 | not applicable | |', '| 1.2.1 | 2 | met | `a/gone.ts` |'), levels, exists)).toEqual([
      'docs/ASVS.md names nothing to look at for 1.1.1.',
      'docs/ASVS.md says nothing of 1.1.2.',
      'docs/ASVS.md names a/gone.ts for 1.2.1, which is not there.',
    ])
  })

  test('are held against all requirements up to level 2', () => {
    const all = Object.values(ASVS_LEVELS)
    expect([all.filter((level) => level === 1).length, all.filter((level) => level === 2).length]).toEqual([70, 183])
  })
})

describe('licences', () => {
  test.each(['MIT', '(MIT OR GPL-3.0)', 'Apache-2.0 AND MIT', 'MPL-2.0', '0BSD'])('%s is allowed', (licence) => {
    expect(isAllowedLicence(licence)).toBe(true)
  })
  test.each(['GPL-3.0', 'AGPL-3.0-only', 'MIT AND GPL-2.0', 'SSPL-1.0', 'none stated', ''])('"%s" is refused', (licence) => {
    expect(isAllowedLicence(licence)).toBe(false)
  })
})
