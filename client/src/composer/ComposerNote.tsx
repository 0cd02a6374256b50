import CloseRounded from '@mui/icons-material/CloseRounded'
import { t } from '../i18n/translate.ts'
import type { Composing } from './composing.ts'

/** Says what the composer is about: an answer to something, or a change of something. */
export function ComposerNote({ composing, onCancel }: { composing: NonNullable<Composing>; onCancel(): void }) {
  return (
    <div className="composer-note">
      <span className="composer-note-what">{aboutWords(composing)}</span>
      {composing.what === 'reply' && (
        <span className="composer-note-text ellipsis" dir="auto">
          {composing.to.deleted === true ? t('common.messageDeleted') : (composing.to.text ?? '').replace(/\s+/g, ' ')}
        </span>
      )}
      <button type="button" aria-label={t('common.cancel')} title={t('composer.cancelKey')} onClick={onCancel}>
        <CloseRounded fontSize="small" />
      </button>
    </div>
  )
}

function aboutWords(composing: NonNullable<Composing>): string {
  if (composing.what === 'edit') return t('composer.editing')
  const name = composing.to.author?.displayName
  return name === undefined ? t('composer.answeringEarlier') : t('composer.answering', { name })
}
