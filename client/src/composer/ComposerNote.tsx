import CloseRounded from '@mui/icons-material/CloseRounded'
import type { Composing } from './Composer.tsx'

/** Says what the composer is about: an answer to something, or a change of something. */
export function ComposerNote({ composing, onCancel }: { composing: NonNullable<Composing>; onCancel(): void }) {
  const { what, message } = composing
  return (
    <div className="composer-note">
      <span className="composer-note-what">{what === 'edit' ? 'Editing your message' : `Answering ${message.author.displayName}`}</span>
      {what === 'reply' && <span className="composer-note-text ellipsis">{message.text.replace(/\s+/g, ' ')}</span>}
      <button type="button" aria-label="Cancel" title="Cancel (Esc)" onClick={onCancel}>
        <CloseRounded fontSize="small" />
      </button>
    </div>
  )
}
