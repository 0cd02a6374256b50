/** "2025-06-03", as a date field holds a day, of the local day of a time in ms. */
export function dateInput(ms: number): string {
  const date = new Date(ms)
  return `${String(date.getFullYear()).padStart(4, '0')}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`
}

/** When that day begins here, ms; undefined: not a day. */
export function dayFromInput(value: string): number | undefined {
  const [, year, month, day] = (/^(\d{4})-(\d\d)-(\d\d)$/.exec(value) ?? []).map(Number)
  if (year === undefined || month === undefined || day === undefined) return undefined
  const date = new Date(year, month - 1, day)
  return date.getMonth() === month - 1 && date.getTime() >= 0 ? date.getTime() : undefined
}
