import { memo, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { t } from '../i18n/translate.ts'
import { useLanguage } from '../i18n/use-language.ts'
import { CodeBlock } from './CodeBlock.tsx'
import { MessageLink, placeOfLink } from './MessageLink.tsx'
import { emoteOf } from './emote.ts'
import { parseMarkdown } from './markdown.ts'
import type { Block, Inline } from './markdown.ts'
import { RoomMention } from './RoomMention.tsx'
import { useRoomUi } from './room-ui.tsx'
import type { RoomUi } from './room-ui.tsx'
import './message-text.css'

type TextUi = RoomUi & { everyone: boolean }

/** Longer messages are folded, so that one of them does not fill the screen. */
const FOLD_CHARACTERS = 1_600
const FOLD_LINES = 22

/** A message's text with its small Markdown, as React elements. `by`: the author's name, for what they say they do; `everyone`: `@room` mentions everyone. */
export const MessageText = memo(function MessageText({ text, by, everyone = false }: { text: string; by?: string; everyone?: boolean }) {
  useLanguage()
  const room = useRoomUi()
  const ui = useMemo(() => ({ ...room, everyone }), [room, everyone])
  const emote = by === undefined ? undefined : emoteOf(text)
  const blocks = useMemo(() => parseMarkdown(emote ?? text), [emote, text])
  const long = text.length > FOLD_CHARACTERS || text.split('\n', FOLD_LINES + 1).length > FOLD_LINES
  const [open, setOpen] = useState(false)
  const body = (
    <div className={emote !== undefined ? 'text text-emote' : onlyEmoji(text) ? 'text text-emoji' : 'text'}>
      {emote !== undefined && (
        <span className="text-emote-who" dir="auto">
          * {by}{' '}
        </span>
      )}
      {blocks.map((block, i) => renderBlock(block, i, ui))}
    </div>
  )
  if (!long) return body
  return (
    <>
      <div className={open ? undefined : 'text-folded'}>{body}</div>
      <button type="button" className="text-unfold" aria-expanded={open} onClick={() => setOpen(!open)}>
        {t(open ? 'timeline.showLess' : 'timeline.showAll')}
      </button>
    </>
  )
})

function renderBlock(block: Block, key: number, ui: TextUi): ReactNode {
  switch (block.type) {
    case 'paragraph':
      return (
        <p key={key} dir="auto">
          {renderInline(block.children, ui)}
        </p>
      )
    case 'quote':
      return <blockquote key={key} dir="auto">{block.children.map((child, i) => renderBlock(child, i, ui))}</blockquote>
    case 'code':
      return <CodeBlock key={key} text={block.text} language={block.language} />
    case 'list': {
      const items = block.items.map((item, i) => (
        <li key={i}>
          {renderInline(item.text, ui)}
          {item.inner.map((inner, n) => renderBlock(inner, n, ui))}
        </li>
      ))
      return block.ordered ? (
        <ol key={key} start={block.start} dir="auto">
          {items}
        </ol>
      ) : (
        <ul key={key} dir="auto">
          {items}
        </ul>
      )
    }
  }
}

function renderInline(nodes: Inline[], ui: TextUi): ReactNode[] {
  return nodes.map((node, key) => {
    switch (node.type) {
      case 'text':
        return node.text
      case 'break':
        return <br key={key} />
      case 'code':
        return (
          <code key={key} dir="auto">
            {node.text}
          </code>
        )
      case 'bold':
        return <strong key={key}>{renderInline(node.children, ui)}</strong>
      case 'italic':
        return <em key={key}>{renderInline(node.children, ui)}</em>
      case 'struck':
        return <s key={key}>{renderInline(node.children, ui)}</s>
      case 'link': {
        const place = placeOfLink(node.href)
        if (place !== undefined) return <MessageLink key={key} {...place} />
        return (
          <a key={key} href={node.href} target="_blank" rel="noopener noreferrer nofollow">
            {renderInline(node.children, ui)}
          </a>
        )
      }
      case 'room':
        return <RoomMention key={key} name={node.name} />
      case 'mention': {
        if (ui.everyone && node.username.toLowerCase() === 'room') {
          return (
            <span key={key} className="mention mention-me" title={t('timeline.everyone')}>
              @{node.username}
            </span>
          )
        }
        const person = ui.people.get(node.username.toLowerCase())
        if (person === undefined) return `@${node.username}`
        return (
          <span key={key} className={person.id === ui.me.id ? 'mention mention-me' : 'mention'} title={person.displayName}>
            @{node.username}
          </span>
        )
      }
    }
  })
}

/** One to three emoji and nothing else are shown large. */
function onlyEmoji(text: string): boolean {
  return text.length <= 24 && /^(?:\p{Extended_Pictographic}(?:\uFE0F|\u200D\p{Extended_Pictographic}|\p{Emoji_Modifier})*\s*){1,3}$/u.test(text)
}
