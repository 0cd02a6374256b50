import CloseRounded from '@mui/icons-material/CloseRounded'
import type { Preview } from '@chatflow/shared/entry'
import { useState } from 'react'
import { useActions, useChatState } from '../../app/chat-context.tsx'
import type { MessageView } from '../../chat/views.ts'
import { t } from '../../i18n/translate.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { mayDo, useRoomUi } from '../room-ui.tsx'
import { PreviewPicture } from './PreviewPicture.tsx'
import './link-previews.css'

/** What pages that a message links say of themselves, where the server and the person want it. */
export function LinkPreviews({ message }: { message: MessageView }) {
  const shown = useChatState((state) => state.linkPreviews && state.preferences.previews)
  const ui = useRoomUi()
  const { setPreview } = useActions()
  const [asked, setAsked] = useState<Preview>()
  if (!shown || message.previews === undefined) return null
  const mayTakeAway = mayDo(ui, 'message.preview', { author: message.author.id })
  return (
    <div className="previews">
      {message.previews.map((preview) => (
        <PreviewCard key={preview.url} room={message.room} preview={preview} onTakeAway={mayTakeAway ? () => setAsked(preview) : undefined} />
      ))}
      <ConfirmDialog
        open={asked !== undefined}
        title={t('timeline.removePreviewTitle')}
        text={t('timeline.removePreviewText')}
        confirm={t('common.remove')}
        onClose={() => setAsked(undefined)}
        onConfirm={() => (asked === undefined ? Promise.resolve() : setPreview(message.room, message.id, asked.url, false))}
      />
    </div>
  )
}

interface CardProps {
  room: string
  preview: Preview
  onTakeAway: (() => void) | undefined
}

/** All of it is text of somebody else: shown as text, and in its own direction. */
function PreviewCard({ room, preview: { url, title, description, site, image }, onTakeAway }: CardProps) {
  return (
    <div className="preview">
      <div className="preview-words">
        <p className="preview-site ellipsis" dir="auto">
          {site ?? hostOf(url)}
        </p>
        <a className="preview-title" dir="auto" href={url} target="_blank" rel="noopener noreferrer nofollow">
          {title}
        </a>
        {description !== undefined && (
          <p className="preview-description" dir="auto">
            {description}
          </p>
        )}
      </div>
      {image !== undefined && <PreviewPicture room={room} image={image} />}
      {onTakeAway !== undefined && (
        <button type="button" className="preview-away" aria-label={t('timeline.removePreviewOf', { title })} title={t('timeline.removePreview')} onClick={onTakeAway}>
          <CloseRounded aria-hidden="true" />
        </button>
      )}
    </div>
  )
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '') : url
}
