/** Letters that are no base letter with a mark, in the spelling of those who have no key for them. */
const SPELLED: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ħ: 'h', ı: 'i' }
const TO_SPELL = new RegExp(`[${Object.keys(SPELLED).join('')}]`, 'g')
/** Marks above and below letters (not the vowel signs of other scripts), and the selectors and skin tones of emoji. */
const MARKS = /[\u0300-\u036f\ufe0e\ufe0f]|\p{EMod}/gu
/** Invisible characters inside words: soft hyphen, zero-width space, joiners. */
const INVISIBLE = /[\u00ad\u200b-\u200d\u2060]/g
/** In emoji joiners mean something. */
const EMOJI = /^\p{Extended_Pictographic}/u
const UMLAUT = /[äöü]/g
const ASCII = /^[\0-\x7f]*$/

/** Longest form of a word, in UTF-16 code units: a SHA-512 in hexadecimal is found whole, and no text makes a larger key of an index. */
const LONGEST = 128

/** One spelling for what people take for the same word: without case, marks and ligatures, `ß` as `ss`, full-width as usual. */
function fold(word: string): string {
  if (ASCII.test(word)) return cut(word.toLowerCase())
  const plain = word.normalize('NFKD').toLowerCase().replace(MARKS, '').normalize('NFC')
  if (EMOJI.test(plain)) return cut(plain)
  return cut(plain.replace(INVISIBLE, '').replace(TO_SPELL, (letter) => SPELLED[letter] ?? letter))
}

/** The spellings under which a word is found: folded, and where it has umlauts also with `ae`, `oe`, `ue`. */
export function foldings(word: string): string[] {
  const folded = fold(word)
  if (ASCII.test(word)) return [folded]
  const composed = word.normalize('NFC').toLowerCase()
  if (!/[äöü]/.test(composed)) return [folded]
  const spelled = fold(composed.replace(UMLAUT, (letter) => (letter === 'ä' ? 'ae' : letter === 'ö' ? 'oe' : 'ue')))
  return [folded, spelled]
}

function cut(word: string): string {
  if (word.length <= LONGEST) return word
  const short = word.slice(0, LONGEST)
  return short.isWellFormed() ? short : short.slice(0, -1)
}

/** One spelling for names of rooms and people: `in:two-words` means the room "Two words". */
export function nameKey(name: string): string {
  return name.trim().split(/[\s_-]+/).map(fold).join('-')
}
