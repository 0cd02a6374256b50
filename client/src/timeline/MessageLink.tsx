import LinkRounded from '@mui/icons-material/LinkRounded'
import { useChatState } from '../app/chat-context.tsx'
import { formatRoute, parseRoute } from '../app/route.ts'
import { t } from '../i18n/translate.ts'

/** The place in a room that an address of this chat leads to; undefined for every other address. */
export function placeOfLink(href: string): { room: string; at: number } | undefined {
  if (!href.startsWith(`${location.origin}/#`)) return undefined
  const { room, at } = parseRoute(href.slice(location.origin.length + 1))
  return room === undefined || at === undefined ? undefined : { room, at }
}

/** A link to a message of this chat: small, with its room and, where it is at hand, its author; it opens in place. */
export function MessageLink({ room, at }: { room: string; at: number }) {
  const { name, author } = useChatState(({ rooms, timeline }) => {
    const found = rooms.find(({ id }) => id === room)
    return {
      name: found === undefined ? undefined : found.kind === 'dm' ? found.name : `#${found.name}`,
      author: timeline?.room === room ? timeline.at(at)?.author.displayName : undefined,
    }
  })
  return (
    <a className="message-link" href={formatRoute({ room, at })}>
      <LinkRounded aria-hidden="true" />
      <bdi>{name ?? t('timeline.messageElsewhere')}</bdi>
      {author !== undefined && <bdi className="message-link-author">{author}</bdi>}
    </a>
  )
}
