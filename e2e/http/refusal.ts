import { ERRORS, isErrorCode, type Problem, type ProblemExtensions } from '@chatflow/shared/errors'
import type { Answer } from './ask.ts'
import { PLANTED } from './bad-bodies.ts'

/** Headers that no answer of the servers may lack. None of them is a document. */
const HEADERS = { 'x-content-type-options': /^nosniff$/, 'content-security-policy': /^default-src 'none';.*frame-ancestors 'none'; sandbox$/, 'referrer-policy': /no-referrer/, 'cache-control': /^no-store$|^private, max-age=31536000, immutable$|^public, max-age=60$/ }
const FIELDS = ['type', 'title', 'status', 'code', 'detail', 'fields', 'wrong', 'instance']
/** What some codes carry besides. */
const MORE_FIELDS: { [C in keyof ProblemExtensions]: readonly (keyof ProblemExtensions[C])[] } = { second_factor_required: ['ticket', 'methods'], search_query_invalid: ['at', 'length', 'reason'] }

/** What is wrong with a refusal, as sentences: it must be a problem document of the table, and tell nothing that is not for the asker. */
export function faultsOf(answer: Answer): string[] {
  const { statusCode, headers, body } = answer
  const faults: string[] = []
  const type = String(headers['content-type'] ?? 'none')
  if (!type.startsWith('application/problem+json')) return [`it is ${type}, no problem document: ${statusCode} ${body.slice(0, 200)}`]
  const problem = answer.json<Partial<Problem>>()
  if (!isErrorCode(problem.code)) return [`its code "${problem.code}" is not in shared/src/errors.ts`]
  const row = ERRORS[problem.code]
  if (statusCode !== row.status || problem.status !== row.status) faults.push(`${problem.code} is answered with ${statusCode} and says ${problem.status}, the table says ${row.status}`)
  if (problem.title !== row.title) faults.push(`the title of ${problem.code} is "${problem.title}"`)
  const known: readonly string[] = [...FIELDS, ...(Object.entries(MORE_FIELDS).find(([code]) => code === problem.code)?.[1] ?? [])]
  const more = Object.keys(problem).filter((key) => !known.includes(key))
  if (more.length > 0) faults.push(`it has the fields ${more.join(', ')}`)
  if (/\bat .+:\d+:\d+|node_modules|\.ts\b|SELECT |Error:/.test(body)) faults.push(`it tells of the inside: ${body.slice(0, 300)}`)
  if (body.includes(PLANTED)) faults.push(`it repeats what was sent: ${body.slice(0, 300)}`)
  return [...faults, ...headerFaultsOf(answer)]
}

/** What is wrong with the headers of any answer, as sentences: none may be taken for a page, and text says how it is written. */
export function headerFaultsOf({ headers }: Answer): string[] {
  const faults = Object.entries(HEADERS).flatMap(([name, form]) => (form.test(String(headers[name] ?? '')) ? [] : [`it has no right ${name}`]))
  const type = String(headers['content-type'] ?? '')
  if (/^text\/|xml/.test(type) && !/charset=utf-8/i.test(type)) faults.push(`it is ${type} without a charset`)
  if (/^(image|application\/zip)/.test(type) && !/^(inline|attachment); filename="[\w.-]+"$/.test(String(headers['content-disposition'] ?? ''))) faults.push(`it is ${type} without a file name`)
  return faults
}

/** The code of a problem document, or the status of anything else. */
export function outcomeOf(answer: Answer): string {
  return String(answer.headers['content-type'] ?? '').startsWith('application/problem+json') ? (answer.json<Partial<Problem>>().code ?? 'no code') : String(answer.statusCode)
}

/** Fails with the sentences themselves, which a comparison of lists would cut short. */
export function expectNone(faults: readonly string[]): void {
  if (faults.length > 0) throw new Error(faults.slice(0, 50).join('\n'))
}
