import { parsePushPayload, type PushPayload } from '@chatflow/shared/notify/push-payload'
import { push as german } from '../i18n/de/push.ts'
import { push as english } from '../i18n/en/push.ts'
import { languageFor } from '../i18n/languages.ts'
import type { WorkerMessage } from '../platform/notification-messages.ts'
import type { NotifiedPlace } from '../platform/notifications.ts'
import type { WorkerNotification, WorkerPorts } from './worker-ports.ts'

const WORDS = { en: english, de: german }
const ICON = '/icons/icon-192.png'

/**
 * Shows a push message, whatever it holds: a browser that sees none shown says something of its own, and in the end takes the subscription away.
 * It is also shown where a page is open, quietly if somebody is at it: the page closes it again if it has been read.
 */
export async function showPush(text: string | undefined, ports: WorkerPorts): Promise<void> {
  const payload = text === undefined ? undefined : parsePushPayload(text)
  const pages = await ports.pages().catch(() => [])
  const attended = pages.some((page) => page.visible && page.focused)
  if (payload === undefined) await ports.show(await unreadable(ports, attended))
  else await ports.show(await readable(payload, ports, attended))
  if (pages.length === 0) ports.markIcon()
  for (const page of pages) page.post({ type: 'push-shown' } satisfies WorkerMessage)
}

async function unreadable(ports: WorkerPorts, attended: boolean): Promise<WorkerNotification> {
  const words = wordsOf(await ports.language().catch(() => undefined))
  return { title: 'ChatFlow', body: words.hiddenText, icon: ICON, tag: 'chatflow', silent: attended, renotify: !attended, data: undefined }
}

async function readable(payload: PushPayload, ports: WorkerPorts, attended: boolean): Promise<WorkerNotification> {
  const { room, message, seq, count } = payload
  const words = wordsOf(payload.language)
  const place = { room, message, seq, count } satisfies NotifiedPlace
  const before = (await ports.shown(room).catch(() => [])).find(({ data }) => seqOf(data) >= seq)
  // A page was quicker, or a later message was: that stays, and makes no second noise.
  if (before) return { title: before.title, body: before.body, icon: ICON, tag: room, silent: true, renotify: false, data: before.data }
  const alone = payload.kind === 'dm' && payload.roomName === ''
  const { by: name, text } = payload
  const where = alone ? name : payload.roomName
  return {
    title: count > 1 ? fill(words.titleOfMany_other, { place: where, count: String(count) }) : where,
    body: text === undefined || text === '' ? (alone ? words.hiddenText : fill(words.hiddenTextBy, { name })) : alone ? text : fill(words.textBy, { name, text }),
    icon: ICON,
    tag: room,
    silent: !payload.sound || attended,
    renotify: !attended,
    data: place,
  }
}

function wordsOf(language: string | undefined): Record<keyof typeof english, string> {
  return WORDS[languageFor('system', language === undefined ? [] : [language])]
}

/** The worker has no library for it: values are put in as they are, and never read as texts of their own. */
function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (all, name: string) => values[name] ?? all)
}

function seqOf(data: unknown): number {
  const { seq } = (data ?? {}) as { seq?: unknown }
  return typeof seq === 'number' ? seq : 0
}
