import { useEffect, useRef } from 'react'
import type { PointerEvent } from 'react'

const PRESS_MS = 450
/** px a finger may tremble. */
const SLACK = 10

/** Handlers that call back when a finger rests on the element; a scroll or a second finger calls it off. */
export function useLongPress(onPress: () => void) {
  const press = useRef<{ timer: ReturnType<typeof setTimeout>; x: number; y: number }>(undefined)
  const cancel = () => {
    clearTimeout(press.current?.timer)
    press.current = undefined
  }
  useEffect(() => cancel, [])
  const fire = () => {
    swallowClick()
    onPress()
  }
  return {
    onPointerDown: (event: PointerEvent) => {
      cancel()
      if (event.pointerType !== 'touch' || (event.target instanceof Element && event.target.closest('button, a') !== null)) return
      press.current = { timer: setTimeout(fire, PRESS_MS), x: event.clientX, y: event.clientY }
    },
    onPointerMove: (event: PointerEvent) => {
      const start = press.current
      if (start !== undefined && Math.hypot(event.clientX - start.x, event.clientY - start.y) > SLACK) cancel()
    },
    onPointerUp: cancel,
    onPointerCancel: cancel,
    onPointerLeave: cancel,
  }
}

/** Lifting the finger may end in a click on what has just opened under it, and close it again. */
function swallowClick(): void {
  const swallow = (event: Event) => {
    event.preventDefault()
    event.stopPropagation()
  }
  addEventListener('click', swallow, { capture: true, once: true })
  addEventListener('pointerup', () => setTimeout(() => removeEventListener('click', swallow, true), 300), { once: true, capture: true })
}
