/** Says whether the page is in sight and has the focus, now and at each change: only then somebody may be reading in it. */
export function followAttention(onChange: (attentive: boolean) => void): () => void {
  let last: boolean | undefined
  const look = (): void => {
    const attentive = document.visibilityState === 'visible' && document.hasFocus()
    if (attentive === last) return
    last = attentive
    onChange(attentive)
  }
  addEventListener('focus', look)
  addEventListener('blur', look)
  document.addEventListener('visibilitychange', look)
  look()
  return () => {
    removeEventListener('focus', look)
    removeEventListener('blur', look)
    document.removeEventListener('visibilitychange', look)
  }
}
