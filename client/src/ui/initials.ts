/** White text keeps at least 4.5:1 on each of these. */
const COLOURS = ['#3a6ba5', '#7653a6', '#a34b70', '#9c5530', '#79671c', '#4a7533', '#1d755f', '#1d7082', '#5960b2', '#875555'] as const

/** One or two letters for an avatar: of the first and the last word. */
export function initials(displayName: string): string {
  const words = displayName.trim().split(/\s+/).filter(Boolean)
  const first = words[0] ?? '?'
  const last = words.length > 1 ? words[words.length - 1] : undefined
  return [first, last].map((word) => (word === undefined ? '' : (Array.from(word)[0] ?? ''))).join('').toLocaleUpperCase()
}

/** The same id has the same colour on every device. */
export function colourOf(id: string): string {
  let hash = 0
  for (let i = 0; i < id.length; i++) hash = (Math.imul(hash, 31) + id.charCodeAt(i)) >>> 0
  return COLOURS[hash % COLOURS.length] ?? COLOURS[0]
}
