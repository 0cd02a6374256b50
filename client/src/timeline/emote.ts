import { t } from '../i18n/translate.ts'

const EMOTE = /^\/me[ \n]+(?=\S)/

/** What a message says its author does, without the `/me` at its beginning; undefined: it is said in words. Clients that do not know it show "/me waves". */
export function emoteOf(text: string): string | undefined {
  const match = EMOTE.exec(text)
  return match === null ? undefined : text.slice(match[0].length)
}

/** A message's text in one line of prose: "* Ann waves". */
export function spokenText(text: string, author: string | undefined): string {
  const emote = emoteOf(text)
  return emote === undefined ? text : `* ${author ?? t('timeline.somebody')} ${emote}`
}
