import type { Id } from '@chatflow/shared/ids'
import { parseQuery, type ParsedQuery, type QueryContext, type QueryFault, type QueryProblem } from '@chatflow/shared/search/query'
import type { SearchAsk } from './views.ts'

/** What goes to the server and to this device: the room that is searched stands before what was typed, unless that names one itself. */
export function queryOf({ text, room }: Pick<SearchAsk, 'text' | 'room'>, context: QueryContext): { text: string; shift: number; parsed: ParsedQuery } {
  const own = parseQuery(text, context)
  const scope = scopeOfText(room, own, text)
  const whole = scope + text
  return { text: whole, shift: scope.length, parsed: scope === '' ? own : parseQuery(whole, context) }
}

/** A problem with its place in what was typed; undefined: it is not of what was typed. */
export function inTyped<T extends QueryProblem>({ at, length, reason }: T, shift: number): QueryProblem | undefined {
  return at + length <= shift ? undefined : { reason, at: Math.max(0, at - shift), length: at < shift ? length - (shift - at) : length }
}

/** What whoever types may be about to complete. */
const UNFINISHED: ReadonlySet<QueryFault> = new Set<QueryFault>(['value_missing', 'quote_open', 'date_invalid', 'has_unknown', 'person_unknown', 'room_unknown', 'only_negations', 'empty'])

/** Is the problem at the end of the text, where the next letter may mend it? */
export function mayBeUnfinished({ reason, at, length }: QueryProblem, text: string): boolean {
  return UNFINISHED.has(reason) && at + length >= text.trimEnd().length
}

function scopeOfText(room: Id | undefined, own: ParsedQuery, text: string): string {
  if (room === undefined) return ''
  const named = own.ok ? own.query.in.some(({ not }) => !not) : /(?:^|\s)in:/i.test(text)
  return named ? '' : `in:${room} `
}
