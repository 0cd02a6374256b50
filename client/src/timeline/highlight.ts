import type { LanguageFn } from 'highlight.js'
import type { Root } from 'hast'
import type { createLowlight } from 'lowlight'

/** Longer code is shown as it is: colours are not worth a pause of the page. */
export const MOST_COLOURED = 10_000

type Load = () => Promise<{ default: LanguageFn }>

/** Languages by name, each a small part of the app of its own that is read when it is first needed. */
const LANGUAGES: Readonly<Record<string, Load>> = {
  bash: () => import('highlight.js/lib/languages/bash'),
  c: () => import('highlight.js/lib/languages/c'),
  cpp: () => import('highlight.js/lib/languages/cpp'),
  csharp: () => import('highlight.js/lib/languages/csharp'),
  css: () => import('highlight.js/lib/languages/css'),
  diff: () => import('highlight.js/lib/languages/diff'),
  dockerfile: () => import('highlight.js/lib/languages/dockerfile'),
  go: () => import('highlight.js/lib/languages/go'),
  html: () => import('highlight.js/lib/languages/xml'),
  ini: () => import('highlight.js/lib/languages/ini'),
  java: () => import('highlight.js/lib/languages/java'),
  javascript: () => import('highlight.js/lib/languages/javascript'),
  json: () => import('highlight.js/lib/languages/json'),
  kotlin: () => import('highlight.js/lib/languages/kotlin'),
  lua: () => import('highlight.js/lib/languages/lua'),
  markdown: () => import('highlight.js/lib/languages/markdown'),
  php: () => import('highlight.js/lib/languages/php'),
  python: () => import('highlight.js/lib/languages/python'),
  ruby: () => import('highlight.js/lib/languages/ruby'),
  rust: () => import('highlight.js/lib/languages/rust'),
  scss: () => import('highlight.js/lib/languages/scss'),
  sql: () => import('highlight.js/lib/languages/sql'),
  swift: () => import('highlight.js/lib/languages/swift'),
  typescript: () => import('highlight.js/lib/languages/typescript'),
  yaml: () => import('highlight.js/lib/languages/yaml'),
}

const OTHER_NAMES: Readonly<Record<string, string>> = {
  'c++': 'cpp', 'c#': 'csharp', cs: 'csharp', docker: 'dockerfile', golang: 'go', js: 'javascript', jsx: 'javascript', kt: 'kotlin', md: 'markdown', patch: 'diff', py: 'python',
  rb: 'ruby', rs: 'rust', sh: 'bash', shell: 'bash', zsh: 'bash', svg: 'html', toml: 'ini', ts: 'typescript', tsx: 'typescript', vue: 'html', xml: 'html', yml: 'yaml',
}

let lowlight: ReturnType<typeof createLowlight> | undefined

/** The code as a tree of classed pieces; undefined where the language is not known here or the code is too long. Rejects when a part of the app cannot be loaded. */
export async function highlight(code: string, language: string): Promise<Root | undefined> {
  const name = Object.hasOwn(OTHER_NAMES, language) ? OTHER_NAMES[language] : language
  const load = name !== undefined && Object.hasOwn(LANGUAGES, name) ? LANGUAGES[name] : undefined
  if (name === undefined || load === undefined || code.length > MOST_COLOURED) return undefined
  const [core, grammar] = await Promise.all([import('lowlight'), load()])
  lowlight ??= core.createLowlight()
  if (!lowlight.registered(name)) lowlight.register(name, grammar.default)
  return lowlight.highlight(name, code)
}
