/** Types of the catalogs: what a key is called, and what has to be put into its text. */
import type { en } from './en/catalog.ts'

type Words = typeof en
type PluralForm = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other'
/** "members_one" and "members_other" are forms of the one text "members". */
type WithoutForm<Name extends string> = Name extends `${infer Base}_${PluralForm}` ? Base : Name

/** "area.name" of a text. */
export type Key = { [Area in keyof Words]: `${Area}.${WithoutForm<Extract<keyof Words[Area], string>>}` }[keyof Words]

/** The English text, or all its plural forms. */
type TextOf<K extends string> = K extends `${infer Area}.${infer Name}`
  ? Area extends keyof Words
    ? Words[Area][Extract<keyof Words[Area], Name | `${Name}_${PluralForm}`>] & string
    : never
  : never

type Placeholders<Text extends string> = Text extends `${string}{{${infer Name}}}${infer Rest}` ? Name | Placeholders<Rest> : never
type Tags<Text extends string> = Text extends `${string}</${infer Name}>${infer Rest}` ? Name | Tags<Rest> : never
/** A text with plural forms is chosen by its `count`, be it written in it or not. */
type Count<K extends string> = K extends `${infer Area}.${infer Name}` ? (Area extends keyof Words ? (Name extends keyof Words[Area] ? never : 'count') : never) : never

type Values<K extends string> = { [Name in Exclude<Placeholders<TextOf<K>>, 'count'>]: string | number } & { [Name in Count<K>]: number }
type NoValues = [] | [values: Record<never, never>]

/** What `t` takes after the key. */
export type Arguments<K extends Key> = [Placeholders<TextOf<K>> | Count<K>] extends [never] ? NoValues : [values: Values<K>]

/** What `rich` takes: values may be elements, and each tag is a function from what stands inside of it. */
export type RichValues<K extends Key, Node> = { [Name in Exclude<Placeholders<TextOf<K>>, 'count'>]: string | number | Node } & { [Name in Count<K>]: number } & {
  [Name in Tags<TextOf<K>>]: (inside: Node) => Node
}

/** Texts with nothing to put in: what tables of keys hold. */
export type PlainKey = { [K in Key]: [Placeholders<TextOf<K>> | Count<K> | Tags<TextOf<K>>] extends [never] ? K : never }[Key]

/** The same texts in another language, none missing and none too many. That their placeholders, tags and plural forms fit is checked by tools/checks/catalogs.ts. */
export type Translated<Area> = { readonly [Name in keyof Area]: string }
