import { foldings } from './fold.ts'

/** A piece of a text with its place in it, UTF-16 code units. */
export interface Piece {
  start: number
  end: number
}

/** A word as written: where it changes from `fooBar` to `foo` and `Bar` it has several parts. */
export interface Run extends Piece {
  parts: Piece[]
  /** It is written in letters with spaces between words: its beginning may stand for it. */
  letters: boolean
  /** `++` or `#` directly behind it: C++, C#. */
  suffix: string
}

/** A form under which a text is found. Several can be `at` one place: parts of a text count their places from 0. */
export interface Word extends Piece {
  at: number
  form: string
}

// Characters of scripts that put no spaces between words: each is a word of its own, so that any sequence of them is found as a phrase.
const UNSPACED = String.raw`[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]`
const CHARACTER = String.raw`[[\p{L}\p{N}]&&${UNSPACED}]\p{M}*`
const LETTER = String.raw`[[\p{L}\p{N}]--${UNSPACED}]`
const LETTERS = String.raw`${LETTER}(?:[\u00ad\u200b-\u200d\u2060]*[[\p{L}\p{N}\p{M}]--${UNSPACED}])*`
const PICTURE = String.raw`\p{Extended_Pictographic}(?:[\ufe0e\ufe0f]|\p{EMod})*`
const EMOJI = String.raw`\p{RI}\p{RI}|${PICTURE}(?:\u200d${PICTURE})*`
const ATOM = new RegExp(String.raw`(?<letters>${LETTERS})(?<suffix>(?:\+\+|#)(?![\p{L}\p{N}+#]))?|${CHARACTER}|${EMOJI}`, 'gv')
/** Where `fooBar` and `HTTPServer` are two words. */
const HUMP = /(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll}{2})/u
/** What makes one word of two: e-mail, foo_bar, don't. */
const JOINT = /^[-_'’\u2010\u2011]$/

/**
 * The words of a text in groups: those of a group are joined by a dash, an underscore or an apostrophe. So `foo_bar-baz` is one group of three, and an
 * address like `https://example.org/a` is four groups in a row: whatever else stands between words only divides them.
 */
export function groupsOf(text: string): Run[][] {
  const groups: Run[][] = []
  for (const match of text.matchAll(ATOM)) {
    const { index } = match
    const written = match.groups?.['letters']
    const run: Run = { start: index, end: index + match[0].length, parts: [], letters: written !== undefined, suffix: match.groups?.['suffix'] ?? '' }
    let from = index
    for (const part of written === undefined ? [match[0]] : written.split(HUMP)) {
      run.parts.push({ start: from, end: from + part.length })
      from += part.length
    }
    const last = groups.at(-1)
    const before = last?.at(-1)
    if (last !== undefined && before?.letters === true && before.suffix === '' && run.letters && JOINT.test(text.slice(before.end, run.start))) last.push(run)
    else groups.push([run])
  }
  return groups
}

/**
 * The words under which a text is found, by servers and devices alike. Each part has a place of its own, so that phrases can be told by their places. A word of
 * several parts (`foo_bar`, `e-mail`, `fooBar`) is also found written together, at the places of its first and its last part.
 */
export function wordsOf(text: string): Word[] {
  const words: Word[] = []
  let at = 0
  for (const group of groupsOf(text)) {
    const groupAt = at
    for (const run of group) {
      const runAt = at
      for (const part of run.parts) {
        for (const form of foldings(text.slice(part.start, part.end))) words.push({ ...part, at, form })
        at++
      }
      const end = run.end - run.suffix.length
      if (run.parts.length > 1) addTogether(words, foldings(text.slice(run.start, end)), { start: run.start, end }, runAt, at - 1)
      if (run.suffix !== '') for (const form of foldings(text.slice(run.start, end))) words.push({ start: run.start, end: run.end, at: at - 1, form: form + run.suffix })
    }
    if (group.length > 1) addTogether(words, together(text, group), { start: group[0]?.start ?? 0, end: group.at(-1)?.end ?? 0 }, groupAt, at - 1)
  }
  return words
}

/** The spellings of a group written as one word. */
export function together(text: string, group: readonly Run[]): string[] {
  return foldings(group.map((run) => text.slice(run.start, run.end - run.suffix.length)).join(''))
}

function addTogether(words: Word[], forms: readonly string[], piece: Piece, first: number, last: number): void {
  for (const form of forms) words.push({ ...piece, at: first, form }, { ...piece, at: last, form })
}
