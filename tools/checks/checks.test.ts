import { describe, expect, test } from 'vitest'
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

describe('licences', () => {
  test.each(['MIT', '(MIT OR GPL-3.0)', 'Apache-2.0 AND MIT', 'MPL-2.0', '0BSD'])('%s is allowed', (licence) => {
    expect(isAllowedLicence(licence)).toBe(true)
  })
  test.each(['GPL-3.0', 'AGPL-3.0-only', 'MIT AND GPL-2.0', 'SSPL-1.0', 'none stated', ''])('"%s" is refused', (licence) => {
    expect(isAllowedLicence(licence)).toBe(false)
  })
})
