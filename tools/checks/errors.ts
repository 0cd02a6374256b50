const ROW = /^\|\s*`([a-z][a-z_]+)`\s*\|/gm
const SECTION = /^## Errors$/m

/**
 * Problems, one sentence each: codes that the table in shared has and the section "Errors" of docs/PROTOCOL.md does not,
 * the other way round, with another status, and codes that no source file uses.
 */
export function checkErrors(table: Readonly<Record<string, { status: number }>>, protocol: string, sources: readonly string[]): string[] {
  const start = protocol.search(SECTION)
  if (start < 0) return ['docs/PROTOCOL.md has no section "## Errors".']
  const section = protocol.slice(start).split(/^## (?!Errors$)/m)[0] ?? ''
  const listed = new Set([...section.matchAll(ROW)].map((match) => match[1] ?? ''))
  const codes = Object.keys(table)
  const code = sources.join('\n')
  return [
    ...codes.filter((name) => !listed.has(name)).map((name) => `${name} is missing in docs/PROTOCOL.md.`),
    ...[...listed].filter((name) => !Object.hasOwn(table, name)).map((name) => `docs/PROTOCOL.md lists ${name}, which shared/src/errors.ts does not have.`),
    ...codes
      .filter((name) => listed.has(name) && !new RegExp(`^\\|\\s*\`${name}\`\\s*\\|\\s*${table[name]?.status}\\s*\\|`, 'm').test(section))
      .map((name) => `docs/PROTOCOL.md gives ${name} another status than ${table[name]?.status}.`),
    ...codes.filter((name) => !code.includes(`'${name}'`)).map((name) => `No source file uses ${name}.`),
  ]
}
