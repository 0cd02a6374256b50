const ALLOWED = new Set([
  '0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BSD', 'BlueOak-1.0.0', 'CC-BY-3.0', 'CC-BY-4.0', 'CC0-1.0', 'ISC', 'MIT', 'MIT-0', 'MPL-2.0',
  'OFL-1.1', 'PostgreSQL', 'Python-2.0', 'Unlicense', 'WTFPL', 'Zlib',
])

/** True if an SPDX expression leaves a choice that is allowed: one side of OR, all sides of AND, with or without brackets. */
export function isAllowedLicence(expression: string): boolean {
  const flat = expression.replace(/[()]/g, ' ').trim()
  return flat.split(/\s+OR\s+/).some((choice) => choice.split(/\s+AND\s+/).every((name) => ALLOWED.has(name.trim())))
}
