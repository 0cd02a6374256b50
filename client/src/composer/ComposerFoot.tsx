import { mentionsRoom } from '@chatflow/shared/mentions'
import { charactersLeft } from './composing-text.ts'

/** What `@room` does here, said before it is sent. */
const EVERYONE = {
  told: 'With @room everyone in this room is mentioned.',
  text: '@room mentions everyone only where an owner or moderator writes it. From you it stays text.',
  direct: 'In a direct conversation everyone hears of each message; @room stays text.',
}

/** The sentence under the text: what went wrong, or how much may still be written. */
export function ComposerFoot({ id, text, failed, everyone }: { id: string; text: string; failed: string | undefined; everyone: keyof typeof EVERYONE }) {
  const left = charactersLeft(text)
  return (
    <div className="composer-foot" id={id} aria-live="polite">
      {left !== undefined && left < 0 ? (
        <span className="composer-wrong">A message has at most 16 000 characters. Yours has {(-left).toLocaleString()} too many; it stays here until you shorten it.</span>
      ) : failed !== undefined ? (
        <span className="composer-wrong">{failed}</span>
      ) : left !== undefined ? (
        <span>{left.toLocaleString()} characters left</span>
      ) : mentionsRoom(text) ? (
        <span>{EVERYONE[everyone]}</span>
      ) : null}
    </div>
  )
}
