import { LIMITS } from '@chatflow/shared/limits'

const INPUT = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart', 'focus'] as const
/** Moving the pointer counts once in so long, ms. */
const NOTED_EVERY = 1_000

/** Says when nobody has touched this page for five minutes, and when somebody does again. A page out of sight gets no input. */
export function followInput(onAway: (away: boolean) => void): () => void {
  let last = Date.now()
  let away = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const look = (): void => {
    const left = last + LIMITS.awayAfterMs - Date.now()
    if (left > 0) {
      timer = setTimeout(look, left)
      return
    }
    away = true
    onAway(true)
  }
  const touched = (): void => {
    const now = Date.now()
    if (!away && now - last < NOTED_EVERY) return
    last = now
    if (!away) return
    away = false
    onAway(false)
    look()
  }
  for (const type of INPUT) addEventListener(type, touched, { passive: true, capture: true })
  look()
  return () => {
    clearTimeout(timer)
    for (const type of INPUT) removeEventListener(type, touched, { capture: true })
  }
}
