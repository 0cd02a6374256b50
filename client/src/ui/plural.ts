/** "1 member", "12 members"; thousands are set apart as the reader's language does it. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString()} ${count === 1 ? one : many}`
}

/** "Ana", "Ana and Bo", "Ana, Bo and 3 others" */
export function nameList(names: readonly string[], shown = 2): string {
  if (names.length <= 1) return names[0] ?? ''
  if (names.length <= shown) return `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`
  return `${names.slice(0, shown).join(', ')} and ${plural(names.length - shown, 'other')}`
}
