type Area = Readonly<Record<string, string>>
export type Catalog = Readonly<Record<string, Area>>

const FORM = /_(zero|one|two|few|many|other)$/
const PLACEHOLDER = /\{\{(\w+)\}\}/g
const TAG = /<(\/?)(\w+)>/g

/** What is typed as it stands, in any language. */
const TYPED = new Set(['search.hintHas'])

/** Problems of one language, one sentence each: against English, whose texts it must have, and in itself. `language` as Intl takes it. */
export function checkCatalog(language: string, catalog: Catalog, english: Catalog): string[] {
  const problems: string[] = []
  for (const area of new Set([...Object.keys(english), ...Object.keys(catalog)])) {
    const own = catalog[area] ?? {}
    const wanted = english[area] ?? {}
    const say = (name: string, problem: string): void => void problems.push(`${language}/${area}.ts: ${name} ${problem}`)
    const ownTexts = byName(own)
    const wantedTexts = byName(wanted)
    for (const name of Object.keys(wantedTexts)) if (ownTexts[name] === undefined) say(name, 'is missing.')
    for (const [name, forms] of Object.entries(ownTexts)) {
      const model = wantedTexts[name]
      if (model === undefined) say(name, 'is not among the English texts.')
      else checkText(language, area, name, forms, model, say)
    }
  }
  return problems
}

/** A text by its forms; one without plural forms has the form "". */
type Forms = Readonly<Record<string, string>>

function byName(area: Area): Record<string, Forms> {
  const texts: Record<string, Record<string, string>> = {}
  for (const [key, text] of Object.entries(area)) {
    const form = FORM.exec(key)?.[1] ?? ''
    const name = form === '' ? key : key.slice(0, -form.length - 1)
    ;(texts[name] ??= {})[form] = text
  }
  return texts
}

function checkText(language: string, area: string, name: string, forms: Forms, model: Forms, say: (name: string, problem: string) => void): void {
  const plural = Object.keys(model).some((form) => form !== '')
  // "zero" may be said apart in any language.
  const expected = plural ? new Intl.PluralRules(language).resolvedOptions().pluralCategories : ['']
  for (const form of expected) if (forms[form] === undefined) say(name, form === '' ? 'has plural forms, which it has not in English.' : `lacks the plural form "${form}".`)
  for (const form of Object.keys(forms)) if (!expected.includes(form) && !(plural && form === 'zero')) say(name, `has the plural form "${form}", which the language has not.`)
  const placeholders = unionOf(model, placeholdersOf)
  const tags = unionOf(model, tagsOf)
  for (const [form, text] of Object.entries(forms)) {
    const key = form === '' ? name : `${name}_${form}`
    const has = new Set(placeholdersOf(text))
    // "One member" needs no number.
    for (const value of placeholders) if (!has.has(value) && !(value === 'count' && form !== '' && form !== 'other')) say(key, `lacks {{${value}}}.`)
    if (language !== 'en' && text === model[form] && !TYPED.has(`${area}.${name}`) && (text.replaceAll(PLACEHOLDER, '').match(/\p{L}{2,}/gu)?.length ?? 0) > 2) say(key, 'is the English text.')
    for (const value of has) if (!placeholders.has(value)) say(key, `has {{${value}}}, which nobody gives.`)
    for (const tag of tags) if (!tagsOf(text).includes(tag)) say(key, `lacks the tag <${tag}>.`)
    for (const tag of tagsOf(text)) if (!tags.has(tag)) say(key, `has the tag <${tag}>, which nobody gives.`)
    if (!balanced(text)) say(key, 'has a tag that is not closed.')
    if (text.trim() === '' || text !== text.trim()) say(key, 'is empty, or begins or ends with a space: a text is a whole.')
    if (/(^|[^{])\{(?!\{)|\$t\(/.test(text)) say(key, 'has "{" or "$t(": values are written {{name}}, and texts do not call others.')
  }
}

function placeholdersOf(text: string): string[] {
  return [...text.matchAll(PLACEHOLDER)].map((match) => match[1] ?? '')
}

function tagsOf(text: string): string[] {
  return [...text.matchAll(TAG)].filter((match) => match[1] === '').map((match) => match[2] ?? '')
}

function unionOf(forms: Forms, of: (text: string) => string[]): Set<string> {
  return new Set(Object.values(forms).flatMap(of))
}

function balanced(text: string): boolean {
  const open: string[] = []
  for (const [, slash, tag = ''] of text.matchAll(TAG)) {
    if (slash === '') open.push(tag)
    else if (open.pop() !== tag) return false
  }
  return open.length === 0
}
