import CloseRounded from '@mui/icons-material/CloseRounded'
import type { Composing } from './composing.ts'

/** Says what the composer is about: an answer to something, or a change of something. */
export function ComposerNote({ composing, onCancel }: { composing: NonNullable<Composing>; onCancel(): void }) {
  return (
    <div className="composer-note">
      <span className="composer-note-what">{composing.what === 'edit' ? 'Editing your message' : `Answering ${composing.to.author?.displayName ?? 'an earlier message'}`}</span>
      {composing.what === 'reply' && (
        <span className="composer-note-text ellipsis" dir="auto">
          {composing.to.deleted === true ? 'Message deleted' : (composing.to.text ?? '').replace(/\s+/g, ' ')}
        </span>
      )}
      <button type="button" aria-label="Cancel" title="Cancel (Esc)" onClick={onCancel}>
        <CloseRounded fontSize="small" />
      </button>
    </div>
  )
}
