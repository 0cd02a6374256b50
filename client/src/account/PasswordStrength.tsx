import { useEffect, useState } from 'react'
import { t } from '../i18n/translate.ts'
import './password-strength.css'

const WORDS = ['account.guess0', 'account.guess1', 'account.guess2', 'account.guess3', 'account.guess4'] as const

/**
 * How hard a new password is to guess, told while it is typed. It advises; what is refused is for the server to say. `about`: what others know of the person. Its place is there from
 * the beginning: nothing below moves away from under a finger when the answer comes.
 */
export function PasswordStrength({ password, about }: { password: string; about: readonly string[] }) {
  const known = about.join('\n')
  const [score, setScore] = useState<number>()
  useEffect(() => {
    if (password === '') return undefined
    let wanted = true
    // Dictionaries of half a megabyte, only where somebody chooses a password; kept for offline use like all of the app.
    import('./password-score.ts').then(
      ({ passwordScore }) => wanted && setScore(passwordScore(password, [...known.split('\n'), location.hostname])),
      () => undefined,
    )
    return () => {
      wanted = false
    }
  }, [password, known])
  const shown = password === '' ? undefined : score
  return (
    <div className="strength" data-score={shown}>
      <div className="strength-steps" aria-hidden="true">
        {WORDS.slice(1).map((word, step) => (
          <span key={word} className={step < (shown ?? 0) ? 'strength-step strength-full' : 'strength-step'} />
        ))}
      </div>
      <p className="field-note" aria-live="polite">
        {shown === undefined ? '\u00a0' : t(WORDS[shown] ?? 'account.guess0')}
      </p>
    </div>
  )
}
