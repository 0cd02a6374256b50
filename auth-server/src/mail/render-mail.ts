import type { Language } from '@chatflow/shared/languages'
import type { MailText } from './mail-text.ts'

export interface Rendered {
  subject: string
  text: string
  html: string
}

/** The text as plain text and as HTML: no images, nothing from elsewhere, everything escaped. `hello`: the first line; `link` goes with the text's action. */
export function renderMail({ subject, before, action, after }: MailText, { language, hello }: { language: Language; hello: string }, link: string | undefined): Rendered {
  const button = action !== undefined && link !== undefined ? { label: action.label, link } : undefined
  const text = [hello, ...before, ...(button ? [`${button.label}:\n${button.link}`] : []), ...after, '-- \nChatFlow'].join('\n\n')
  const paragraph = (words: string): string => `<p>${escapeHtml(words)}</p>`
  const html = [
    `<!doctype html><html lang="${language}"><body style="font-family:sans-serif;font-size:15px;line-height:1.5;color:#1d2322;max-width:34em">`,
    paragraph(hello),
    ...before.map(paragraph),
    ...(button ? [`<p><a href="${escapeHtml(button.link)}" style="color:#0a6c66;font-weight:bold">${escapeHtml(button.label)}</a></p><p style="color:#5c6664">${escapeHtml(button.link)}</p>`] : []),
    ...after.map(paragraph),
    '<p style="color:#5c6664">ChatFlow</p></body></html>',
  ].join('\n')
  return { subject, text, html }
}

const LONGEST = 100

/** What a person or a job chose, as a few words within a line: no breaks, no control characters. */
export function oneLine(words: string): string {
  return words.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim().slice(0, LONGEST)
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;')
}
