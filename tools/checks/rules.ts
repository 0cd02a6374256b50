/** A test file: its path and its text. */
export interface TestFile {
  path: string
  text: string
}

/** A rule begins its line of docs/SPEC.md: in a table, a list, a heading, or bold. */
const RULE = /^(?:\|\s*|#+\s+|[-*]\s+)?(?:\*\*)?(R\d+)\b/gm
const TEST_NAME = /\b(?:it|test|describe)(?:\.[a-z]+(?:\([^()]*\))?)*\(\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1/gs
const IDS = /\[(R\d+(?:,\s*R\d+)*)\]/g

/** Problems, one sentence each: rules that no test names, and tests that name a rule which does not exist. */
export function checkRules(spec: string, tests: readonly TestFile[]): string[] {
  const rules = new Set([...spec.matchAll(RULE)].map((match) => match[1] ?? ''))
  if (rules.size === 0) return ['docs/SPEC.md lists no rule.']
  const named = new Map<string, string>()
  for (const { path, text } of tests) {
    for (const id of idsInTestNames(text)) if (!named.has(id)) named.set(id, path)
  }
  const untested = [...rules].filter((id) => !named.has(id)).map((id) => `${id} of docs/SPEC.md has no test that names it.`)
  const unknown = [...named].filter(([id]) => !rules.has(id)).map(([id, path]) => `${path} names ${id}, which docs/SPEC.md does not have.`)
  return [...untested, ...unknown]
}

function idsInTestNames(text: string): string[] {
  return [...text.matchAll(TEST_NAME)].flatMap((name) => [...(name[2] ?? '').matchAll(IDS)].flatMap((ids) => (ids[1] ?? '').split(/,\s*/)))
}
