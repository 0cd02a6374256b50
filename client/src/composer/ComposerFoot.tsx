import { charactersLeft } from './composing-text.ts'

/** The sentence under the text: what went wrong, or how much may still be written. */
export function ComposerFoot({ id, text, failed }: { id: string; text: string; failed: string | undefined }) {
  const left = charactersLeft(text)
  return (
    <div className="composer-foot" id={id} aria-live="polite">
      {left !== undefined && left < 0 ? (
        <span className="composer-wrong">A message has at most 16 000 characters. Yours has {(-left).toLocaleString()} too many; it stays here until you shorten it.</span>
      ) : failed !== undefined ? (
        <span className="composer-wrong">{failed}</span>
      ) : left !== undefined ? (
        <span>{left.toLocaleString()} characters left</span>
      ) : null}
    </div>
  )
}
