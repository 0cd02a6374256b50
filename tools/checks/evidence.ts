import type { TestFile } from './rules.ts'

/** A test named as evidence: `path.test.ts` alone, or followed by the words of its name: `path.test.ts` "words". */
const NAMED = /`([\w./-]+\.(?:test|spec)\.tsx?)`(?: "([^"\n]+)")?/g

/**
 * Problems, one sentence each: tests that a page names and that are not there, by file or by the words of their name,
 * and a page that names none.
 */
export function checkEvidence(page: string, text: string, tests: readonly TestFile[]): string[] {
  const files = new Map(tests.map((test) => [test.path, test.text]))
  const named = [...text.matchAll(NAMED)]
  if (named.length === 0) return [`${page} names no test.`]
  return named.flatMap(([, path = '', words]) => {
    const source = files.get(path)
    if (source === undefined) return [`${page} names ${path}, which is not there.`]
    return words === undefined || source.includes(words) ? [] : [`${page} names the test "${words}", which ${path} does not have.`]
  })
}
