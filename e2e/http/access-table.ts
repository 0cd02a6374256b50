import type { ErrorCode } from '@chatflow/shared/errors'
import { refusal } from '@chatflow/shared/permissions'
import type { Operation } from './description.ts'
import { paramNames, type Whose } from './objects.ts'
import { KINDS, type Kind, PEOPLE } from './people.ts'

/** Let in, or the code of the refusal. */
export type Outcome = 'yes' | ErrorCode

/**
 * Where the answer is another than the declared access alone would give, and why. Each is tested like the rest.
 * Keys are `METHOD /path kind`, or with the object too: `METHOD /path kind other`.
 */
const EXCEPTIONS: Readonly<Record<string, { outcome: Outcome; why: string }>> = {
  'POST /api/auth/logout anonymous': { outcome: 'yes', why: 'who has no session asks for nothing: it is answered as done, and ends nothing' },
  'PATCH /api/auth/admin/users/{id} admin own': { outcome: 'forbidden', why: 'nobody deactivates their own account, which might be the last that can undo it' },
}

/** What follows from the declared access, and `can()`, for one of the eight who asks for its own object or another's. */
export function expectedOutcome({ name, access }: Operation, kind: Kind, whose: Whose): Outcome {
  const exception = EXCEPTIONS[`${name} ${kind} ${whose}`] ?? EXCEPTIONS[`${name} ${kind}`]
  if (exception !== undefined) return exception.outcome
  if (access.who === 'anyone') return 'yes'
  const about = PEOPLE[kind]
  if (about === undefined) return 'unauthenticated'
  const roomRole = whose === 'own' ? about.roomRole : undefined
  const actor = { id: 'somebody', role: about.role, roomRole, verified: !('verified' in about) }
  switch (access.who) {
    case 'cookie':
      return 'yes'
    case 'signed-in':
      // Of a route that names no room to the guard, a role in a room opens nothing.
      const refused = access.can && refusal({ ...actor, roomRole: undefined }, access.can)
      return refused ?? (access.own === true && whose === 'other' ? 'not_found' : 'yes')
    case 'member':
      if (roomRole === undefined) return 'room_not_found'
      return refusal(actor, access.can, { room: { kind: 'private' } }) ?? 'yes'
  }
}

/** Whose objects a path can name: where it names none there is only the caller's own doing. Nobody has an object of their own without an account. */
export function whoseOf(operation: Operation, kind: Kind): readonly Whose[] {
  if (paramNames(operation).length === 0) return ['own']
  return kind === 'anonymous' ? ['other'] : ['own', 'other']
}

/** The table for docs/ACCESS.md. */
export function routesTable(operations: readonly Operation[]): string {
  const rows = [...operations]
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.method < b.method ? -1 : 1))
    .map((operation) => [
      `\`${operation.name}\``,
      declared(operation),
      ...KINDS.map((kind) => whoseOf(operation, kind).map((whose) => shown(expectedOutcome(operation, kind, whose))).join(' · ')),
    ])
  return markdown(['route', 'declared', ...KINDS], rows)
}

/** The exceptions as a list for docs/ACCESS.md. */
export function exceptionsList(): string {
  return Object.entries(EXCEPTIONS).map(([key, { why }]) => `- \`${key}\`: ${why}.`).join('\n')
}

/** Exceptions that concern no route any more. */
export function strayExceptions(operations: readonly Operation[]): string[] {
  return Object.keys(EXCEPTIONS).filter((key) => !operations.some(({ name }) => key.startsWith(`${name} `)))
}

export function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function declared({ access }: Operation): string {
  const parts = [access.who, ...('can' in access && access.can !== undefined ? [`\`${access.can}\``] : []), ...('own' in access && access.own === true ? ['own only'] : []),
    ...('recent' in access && access.recent === true ? ['recent'] : []), ...('withoutFactor' in access && access.withoutFactor === true ? ['without factor'] : [])]
  return parts.join(', ')
}

const SHOWN: Partial<Record<Outcome, string>> = { yes: '✓', unauthenticated: '401', forbidden: '403', email_unverified: '403', not_found: '404', room_not_found: '404' }

function shown(outcome: Outcome): string {
  return SHOWN[outcome] ?? `\`${outcome}\``
}
