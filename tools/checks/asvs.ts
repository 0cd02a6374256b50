const STATES = ['met', 'not applicable', 'deviates', 'operator']
const ROW = /^\| (\d+\.\d+\.\d+) \|([^|]*)\|([^|]*)\|(.*)\|\s*$/gm
/** Files in backticks, and those that a link goes to. */
const PLACE = /`([\w./-]+\.(?:tsx?|md|ya?ml|json|txt|sql))`|\]\(([\w./-]+\.md)\)/g

/**
 * Problems of docs/ASVS.md, one sentence each: every requirement of `levels` (id -> level) has one row `| id | level | state | words |`, with a known state, and the words
 * name a place to look at that `exists`, except where the requirement does not apply. Links are read as from the project's folder or from docs.
 */
export function checkAsvs(text: string, levels: Readonly<Record<string, number>>, exists: (path: string) => boolean): string[] {
  const rows = [...text.matchAll(ROW)].map(([, id = '', level = '', state = '', words = '']) => ({ id, level: level.trim(), state: state.trim(), words: words.trim() }))
  const ids = rows.map(({ id }) => id)
  const twice = new Set(ids.filter((id, i) => ids.indexOf(id) !== i))
  return [
    ...Object.keys(levels).filter((id) => !ids.includes(id)).map((id) => `docs/ASVS.md has no row for ${id}.`),
    ...[...twice].map((id) => `docs/ASVS.md has more than one row for ${id}.`),
    ...rows.flatMap(({ id, level, state, words }) => {
      if (levels[id] === undefined) return [`docs/ASVS.md has a row for ${id}, which is no requirement up to level 2.`]
      const problems: string[] = []
      if (level !== String(levels[id])) problems.push(`docs/ASVS.md says level ${level} of ${id}, which is of level ${levels[id]}.`)
      if (!STATES.includes(state)) problems.push(`docs/ASVS.md says "${state}" of ${id}: there are met, not applicable, deviates and operator.`)
      return [...problems, ...wordProblems(id, state, words, exists)]
    }),
  ]
}

function wordProblems(id: string, state: string, words: string, exists: (path: string) => boolean): string[] {
  if (words === '') return [`docs/ASVS.md says nothing of ${id}.`]
  const places = [...words.matchAll(PLACE)].map(([, file, link]) => file ?? link ?? '')
  if (places.length === 0 && state !== 'not applicable') return [`docs/ASVS.md names nothing to look at for ${id}.`]
  return places.filter((path) => !exists(path) && !exists(`docs/${path}`)).map((path) => `docs/ASVS.md names ${path} for ${id}, which is not there.`)
}
