/** Words without a meaning to look for; their lengths are those of English talk. */
const WORDS = (
  'the of and to in that we for on it with as is this be at have from by not but what all were when can there use each which do how if will up other about out ' +
  'many then them these some would make like into time has look two more write see number way could people water been call who now find long down day did get come made may part ' +
  'harbour tide ferry ticket schedule release deploy review branch invoice customer meeting morning question answer draft window server engine cargo weather report route signal'
).split(' ')

/** How many different texts; odd, so that no pattern of a room repeats with them. */
export const TEXTS = 997

/**
 * Texts of a room as long as people write them: mostly one short line, some paragraphs, now and then code, a list, a quote, a long report
 * or text from right to left. Begins with a line break where the text's first line means something by itself.
 */
export function longRoomTexts(): string[] {
  return Array.from({ length: TEXTS }, (_, place) => textAt(place))
}

function textAt(place: number): string {
  const random = mulberry(place + 1)
  const between = (low: number, high: number): number => low + Math.floor(random() * (high - low + 1))
  const words = (count: number): string => Array.from({ length: count }, () => WORDS[between(0, WORDS.length - 1)]).join(' ')
  const sentences = (count: number): string => Array.from({ length: count }, () => `${words(between(5, 18))}.`).join(' ')
  const kind = random()
  if (kind < 0.56) return words(between(1, 14))
  if (kind < 0.86) return sentences(between(1, 3))
  if (kind < 0.92) return Array.from({ length: between(2, 4) }, () => sentences(between(1, 4))).join('\n\n')
  if (kind < 0.945) return `\n\`\`\`ts\n${Array.from({ length: between(2, 18) }, (_, i) => `${'  '.repeat(i % 3)}const ${words(1)}${i} = ${words(1)}(${words(1)}, ${i})`).join('\n')}\n\`\`\``
  if (kind < 0.96) return `\n${Array.from({ length: between(2, 9) }, () => `- ${words(between(2, 9))}`).join('\n')}`
  if (kind < 0.97) return `\n> ${sentences(between(1, 2))}\n\n${sentences(1)}`
  if (kind < 0.98) return `${words(3)} **${words(2)}** and \`${words(1)}\`, see https://example.org/${words(1)}`
  if (kind < 0.985) return 'שלום לכולם, מתי יוצאת המעבורת?'
  return Array.from({ length: between(6, 14) }, () => sentences(between(3, 6))).join('\n\n')
}

function mulberry(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
