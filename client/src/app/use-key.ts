import { useEffect, useEffectEvent } from 'react'
import { isStroke, KEYS } from './keys.ts'
import type { KeyName } from './keys.ts'

/** Does something at a key wherever the focus is, unless a dialog or menu is open, or whatever has the focus has taken the key. */
export function useKey(name: KeyName, act: () => void): void {
  const latest = useEffectEvent(act)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || !isStroke(event, KEYS[name])) return
      // One that is only fading out is hidden from assistive technology, and no longer in the way.
      if (document.querySelector('.MuiModal-root:not([aria-hidden="true"])') !== null) return
      event.preventDefault()
      latest()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [name])
}
